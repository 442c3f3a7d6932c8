"""How new words for goods and people are put in the place of old ones; the words are in the file beside."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import yaml

from nlp.attributes import attributes
from nlp.people import People
from nlp.segment import known
from shop.catalogue import Catalogue

_POOLS = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
ORIGINS: Sequence[str] = _POOLS["origins"]
HEADS: Sequence[str] = _POOLS["heads"]
TRIPLES: Sequence[str] = _POOLS["triples"]
LETTERS: Sequence[str] = _POOLS["letters"]
SURNAMES: Sequence[str] = _POOLS["surnames"]
NICKNAMES: Sequence[str] = _POOLS["nicknames"]
_SIZES, _COLOURS, _KIN = (frozenset(_POOLS[name]) for name in ("sizes", "colours", "kin"))
_LATIN = re.compile("[a-z]{2,}")
_HOUSE = re.compile("[0-9]+(?:-[0-9]+)+")
_HAN = re.compile("[\u4e00-\u9fff]+")
_NAME_PIECE = re.compile("[A-Za-z]{2,}|[0-9]|[\u4e00-\u9fff]")
_NAMED = re.compile("[\\0A-Za-z0-9\u4e00-\u9fff]")
_PAIR = 2
_TRIPLE = 3


@dataclass(slots=True, kw_only=True)
class _Characters:
    """New characters for old ones, no two alike, none that the chat uses."""

    taken: set[str]
    chance: random.Random
    given: dict[str, str] = field(default_factory=dict)

    def keep(self, characters: str) -> None:
        self.given.update((character, character) for character in characters)

    def word(self, piece: str, *, head: bool) -> None:
        """Give a piece of a name another word where its characters are free, else character by character."""
        free = len(set(piece)) == len(piece) and not self.given.keys() & set(piece)
        new = self._fresh(_words(len(piece), head=head)) if free else None
        if new is None:
            for character in piece:
                self.letter(character)
            return
        self._give(piece, new)

    def letter(self, character: str) -> None:
        if character not in self.given and _HAN.match(character):
            new = self._fresh(LETTERS)
            assert new is not None, "more names than letters"
            self._give(character, new)

    def _give(self, old: str, new: str) -> None:
        self.given.update(zip(old, new, strict=True))
        self.taken.update(new)

    def _fresh(self, words: Sequence[str]) -> str | None:
        fit = [word for word in words if not self.taken & set(word) and len(set(word)) == len(word)]
        return self.chance.choice(fit) if fit else None


def _words(length: int, *, head: bool) -> Sequence[str]:
    if length == _PAIR:
        return HEADS if head else ORIGINS
    if length == _TRIPLE:
        return TRIPLES
    if length == _PAIR + _PAIR:
        return [origin + thing for origin in ORIGINS for thing in HEADS]
    if length == _PAIR + _TRIPLE:
        return [origin + thing for origin in ORIGINS for thing in TRIPLES]
    return ()


def new_characters(catalogue: Catalogue, written: str, chance: random.Random) -> dict[str, str]:
    """Another character for each of the goods' names, aliases and spec words."""
    specs = "".join(sku.spec for sku in catalogue)
    made = _Characters(taken=set(written) | set(specs), chance=chance)
    made.keep("".join(_SIZES | (_COLOURS & set(specs))))
    names = [run for sku in catalogue for name in (sku.name, *sku.aliases) for run in _HAN.findall(name)]
    specs_words = [run for sku in catalogue for word in attributes(sku.spec) for run in _HAN.findall(word)]
    words = list(dict.fromkeys((*names, *specs_words)))
    for word in sorted(words, key=len):
        for piece, head in _pieces(word, words):
            made.word(piece, head=head)
    return made.given


def _pieces(word: str, words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """A word cut where other words of the shop begin and end inside it; whether each is the last."""
    cuts = {0, len(word)}
    for other in words:
        start = word.find(other)
        if start >= 0:
            cuts |= {start, start + len(other)}
    ends = sorted(cuts)
    for start, end in pairwise(ends):
        yield word[start:end], end == len(word)


def new_names(
    names: tuple[str, ...], with_goods: Callable[[str], str], written: str, chance: random.Random
) -> dict[str, str]:
    """Another nickname for each, and for the parts by which people are called in the chat."""
    made = _Nicknames(taken=set(written), chance=chance)
    found = {name: made.of(name, with_goods(name)) for name in names}
    for way in _ways(names, written):
        if with_goods(way) == way:
            found.setdefault(way, made.of(way, way))
    return found


def _ways(names: tuple[str, ...], written: str) -> Iterator[str]:
    """Parts of nicknames that may stand in the chat for them: words of their own, latin ones, houses."""
    for way in People.of(names).names:
        if _HAN.fullmatch(way) and len(way) >= _PAIR and not known(way):
            yield way
        elif _LATIN.fullmatch(way):
            yield from re.findall(re.escape(way), written, re.IGNORECASE)
    for name in names:
        yield from _HOUSE.findall(name)


@dataclass(slots=True, kw_only=True)
class _Nicknames:
    """New nicknames in which the same piece is always written the same."""

    taken: set[str]
    chance: random.Random
    given: dict[str, str] = field(default_factory=dict)

    def of(self, name: str, with_goods: str) -> str:
        """`with_goods` is the name with its goods renamed already: what differs stays."""
        parts = []
        for index, piece in _split(name):
            renamed = with_goods[index : index + len(piece)]
            parts.append(renamed if renamed != piece else self._piece(piece))
        new = "".join(parts)
        return new if new != name else self._piece("\0" + name) + name

    def _piece(self, piece: str) -> str:
        if piece in _KIN or piece == "0" or not _NAMED.match(piece):
            return piece
        if piece.isdecimal():
            return str(int(piece) % 9 + 1)
        key = piece.casefold()
        if key not in self.given:
            pool = NICKNAMES if key.isascii() and key[0] != "\0" else SURNAMES
            self.given[key] = next(
                one
                for one in self._shuffled(pool)
                if one not in self.taken and one not in self.given.values()
            )
        new = self.given[key]
        return new.lower() if piece.islower() else new

    def _shuffled(self, pool: Sequence[str]) -> list[str]:
        return self.chance.sample(pool, len(pool))


def _split(name: str) -> Iterator[tuple[int, str]]:
    """The pieces of a nickname that are renamed one by one, and what stands between them."""
    position = 0
    for match in _NAME_PIECE.finditer(name):
        yield from ((index, name[index]) for index in range(position, match.start()))
        yield match.start(), match.group()
        position = match.end()
    yield from ((index, name[index]) for index in range(position, len(name)))
