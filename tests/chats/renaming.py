"""The same chat in another shop: other goods, other people, other prices, nothing else.

Every character of a product's name gets another one, the same wherever the name, an alias, a short form or a
word of a spec is written, so that what fits together still does. Sizes, colours, counts and codes stay: they
are no names. Messages that misspell their goods are left out of both chats, since no misspelling of the new
name would be the same mistake.
"""

import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot import shopfile
from nlp.attributes import attributes
from nlp.lexicon import Lexicon, Mention
from nlp.normalise import normalise
from nlp.segment import words
from nlp.surfaces import CODE, PINYIN, TYPO
from tests.chats.renaming_words import new_characters, new_names

Row = dict[str, Any]
MISSPELT = frozenset(("typo", "pinyin"))
_MONEY = re.compile(r"(?P<price>[0-9]+(?:\.[0-9]+)?)(?=(?P<unit>元|块|蚊))")
_AFTER = re.compile(r" ?(?P<price>[0-9]+(?:\.[0-9]+)?)(?![0-9.]|[斤盒箱袋包个])")


@dataclass(slots=True, kw_only=True)
class Renaming:
    """The new characters of one shop's goods and the new names of its people."""

    lexicon: Lexicon
    goods: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)

    def text(self, text: str) -> str:
        """A message in the other shop."""
        pieces: list[str] = []
        position = 0
        for start, end, new in self._replaced(text):
            pieces += (text[position:start], new)
            position = end
        return "".join((*pieces, text[position:]))

    def _replaced(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Spans that change, left to right: people first, since goods may stand in their names."""
        named = list(self._people(text))
        found = [(start, end, new) for start, end, new in self._goods(text) if not _within(start, named)]
        taken = [*named, *found]
        money = [one for one in self._money(text) if not _within(one[0], taken)]
        yield from sorted((*taken, *money))

    def _people(self, text: str) -> Iterator[tuple[int, int, str]]:
        if not self.people:
            return
        longest = sorted(self.people, key=lambda name: -len(name))
        for match in re.finditer("|".join(map(re.escape, longest)), text):
            yield *match.span(), self.people[match.group()]

    def mentions(self, text: str) -> Iterator[tuple[Mention, int, int]]:
        """The goods that a text names as the shop writes them, with their places in it."""
        normalised = normalise(text)
        for mention in self.lexicon.mentions(normalised.text):
            if mention.how not in {CODE, PINYIN, TYPO}:
                yield mention, *normalised.original_span(mention.start, mention.end)

    def _goods(self, text: str) -> Iterator[tuple[int, int, str]]:
        found = [(start, end) for _, start, end in self.mentions(text)]
        found += [
            span for span in self._lone(text) if not any(start <= span[0] < end for start, end in found)
        ]
        for start, end in found:
            yield start, end, self.word(text[start:end])

    def _lone(self, text: str) -> Iterator[tuple[int, int]]:
        """Last characters of names that stand as words of their own: what people shorten most."""
        tails = {name[-1] for sku in self.lexicon.catalogue for name in (sku.name, *sku.aliases)}
        position = 0
        for word in words(text):
            position = text.index(word, position)
            if word in tails:
                yield position, position + 1
            position += len(word)

    def word(self, word: str) -> str:
        """The new way to write a name, an alias, a part of them, a word of a spec."""
        return "".join(self.goods.get(character, character) for character in word)

    def word_in(self, name: str) -> str:
        """A nickname in which goods are written in their new way."""
        spans = list(self._goods(name))
        return "".join(
            next((new[index - start] for start, end, new in spans if start <= index < end), character)
            for index, character in enumerate(name)
        )

    def _money(self, text: str) -> Iterator[tuple[int, int, str]]:
        matches = [match for match in _MONEY.finditer(text) if match["unit"] not in self.lexicon.units]
        spans = {match.span("price"): match["price"] for match in matches}
        for mention, _, end in self.mentions(text):
            match = _AFTER.match(text, end)
            known = {self.lexicon.catalogue[code].price / 100 for code in mention.skus}
            if match and float(match["price"]) in known:
                spans[match.span("price")] = match["price"]
        for (start, end), price in spans.items():
            yield start, end, dearer(price)


def dearer(price: str) -> str:
    """Another price, as many digits before and behind the point where that can be."""
    whole, point, rest = price.partition(".")
    return f"{int(whole) + 3}{point}{rest}"


def _within(position: int, spans: Iterable[tuple[int, int, str]]) -> bool:
    return any(start <= position < end for start, end, _ in spans)


def renamed(folder: Path, into: Path) -> None:
    """Write the chat of the other shop into a folder, without the messages that misspell goods."""
    renaming = _renaming(folder)
    left = [pair for pair in _lines(folder) if not misspelt(renaming, *pair)]
    changed = [(_said(renaming, line), _right(renaming, gold)) for line, gold in left]
    _write(into, _shop(folder, renaming), changed)


def kept(folder: Path, into: Path) -> None:
    """Write the chat as it is, without the same messages."""
    renaming = _renaming(folder)
    shop = yaml.safe_load((folder / "shop.yaml").read_text(encoding="utf-8"))
    _write(into, shop, [pair for pair in _lines(folder) if not misspelt(renaming, *pair)])


def misspelt(renaming: Renaming, line: Row, gold: Row) -> bool:
    """Whether a message writes its goods as no shop file does."""
    if MISSPELT & set(gold.get("tags", ())):
        return True
    found = renaming.lexicon.mentions(normalise(line["text"]).text)
    return bool(gold.get("effects")) and any(mention.how in {PINYIN, TYPO} for mention in found)


def _lines(folder: Path) -> list[tuple[Row, Row]]:
    read = [
        [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]
        for name in ("chat.jsonl", "gold.jsonl")
    ]
    return list(zip(*read, strict=True))


def _write(into: Path, shop: Row, pairs: Iterable[tuple[Row, Row]]) -> None:
    into.mkdir(parents=True)
    (into / "shop.yaml").write_text(yaml.safe_dump(shop, allow_unicode=True), encoding="utf-8")
    for name, rows in zip(("chat.jsonl", "gold.jsonl"), zip(*pairs, strict=True), strict=True):
        text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (into / name).write_text(text, encoding="utf-8")


def _person(renaming: Renaming, name: str) -> str:
    return renaming.people.get(name, name)


def _said(renaming: Renaming, line: Row) -> Row:
    return {**line, "name": _person(renaming, line["name"]), "text": renaming.text(line["text"])}


def _right(renaming: Renaming, gold: Row) -> Row:
    effects = [
        {**effect, "member": _person(renaming, effect["member"])} for effect in gold.get("effects", ())
    ]
    return {**gold, "effects": effects} if effects else gold


def _shop(folder: Path, renaming: Renaming) -> Row:
    shop: Row = yaml.safe_load((folder / "shop.yaml").read_text(encoding="utf-8"))
    for sku in shop["skus"]:
        sku["name"] = renaming.word(sku["name"])
        sku["aliases"] = [renaming.word(alias) for alias in sku.get("aliases", ())]
        if "spec" in sku:
            sku["spec"] = _spec(renaming, sku["spec"])
        sku["price"] = float(dearer(str(sku["price"])))
    shop["leader"]["name"] = _person(renaming, shop["leader"]["name"])
    shop["title"] = renaming.text(shop["title"])
    for entry in shop.get("faq", ()):
        entry["q"] = [renaming.text(question) for question in entry["q"]]
        entry["a"] = renaming.text(entry["a"])
    return shop


def _spec(renaming: Renaming, spec: str) -> str:
    """The words that tell specs apart are renamed, sizes and containers are not."""
    words = sorted(attributes(spec), key=lambda word: -len(word))
    if not words:
        return spec
    return re.sub("|".join(map(re.escape, words)), lambda match: renaming.word(match.group()), spec)


def _renaming(folder: Path) -> Renaming:
    shop = shopfile.read(folder / "shop.yaml")
    pairs = _lines(folder)
    written = "".join(line["text"] + line["name"] for line, _ in pairs)
    chance = random.Random(folder.name)
    renaming = Renaming(
        lexicon=Lexicon.of(shop.catalogue), goods=new_characters(shop.catalogue, written, chance)
    )
    names = [line["name"] for line, _ in pairs]
    names += [effect["member"] for _, gold in pairs for effect in gold.get("effects", ())]
    renaming.people = new_names(tuple(dict.fromkeys(names)), renaming.word_in, written, chance)
    return renaming
