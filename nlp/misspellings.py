"""Names as they are misspelt: by ear, by a pinyin keyboard, with one character wrong or lost."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from nlp import segment
from nlp.homophones import alike, close, same, sounds
from nlp.surfaces import PINYIN, SPEC, TYPO, Surface

SHORTEST = 2
"""Characters of the shortest words that may be misspelt."""
AFTER_ADJECTIVE = "的额嘅滴嗰\U00020bb6那号款色各一二两三四五六七八九十半俩仨"
"""Characters that may follow an adjective which names goods: no slips of one that stands there."""
_NUMERALS = frozenset("0123456789一二两三四五六七八九十半几俩仨")
Misspelt = tuple[Surface, int, str]
"""The name that is meant, how many characters were written for it, and how they stand for it."""


class Misspellings:
    """The names of a shop by how they sound and by their first two characters."""

    def __init__(self, names: Sequence[Surface], units: Sequence[str] = ()) -> None:
        self._by_sound = _grouped((sound, one) for one in names for sound in sounds(one.text[0]))
        self._by_character = _grouped((key, one) for one in names for key in (one.text[0], "_" + one.text[1]))
        self._units = frozenset(units)

    def at(self, run: str, position: int, before: str = "") -> Misspelt | None:
        """The name misspelt at a position of a run of Han characters; `before` stands before the run."""
        if self._measures(run, position, before):
            return None
        return self.heard_at(run, position) or self._slipped_at(run[position:])

    def heard_at(self, run: str, position: int) -> Misspelt | None:
        """The name that sounds like what stands there."""
        rest = run[position:]
        for sound in sounds(rest[0]):
            for surface in self._by_sound.get(sound, ()):
                length = heard(surface.text, rest)
                if length and not segment.common(rest[:length]):
                    return surface, length, PINYIN
        for sound in sounds(rest[0]):
            for surface in self._by_sound.get(sound, ()):
                if surface.how != SPEC and _typed(surface.text, run, position):
                    return surface, len(surface.text), PINYIN
        return None

    def _slipped_at(self, rest: str) -> Misspelt | None:
        for surface in (*self._by_character.get(rest[0], ()), *self._by_character.get("_" + rest[1], ())):
            length = slipped(surface.text, rest)
            sure = length > SHORTEST or surface.how != SPEC
            if length and sure and not segment.known(rest[:length]):
                return surface, length, TYPO
        return None

    def _measures(self, run: str, position: int, before: str) -> bool:
        """Whether a count stands there, or its measure word: in 三袋肉包 no 大肉包 is meant."""
        previous = run[position - 1] if position else before[-1:]
        if run[position] in _NUMERALS and run[position + 1 : position + 2] in self._units:
            return True
        return previous in _NUMERALS and run[position] in self._units


def heard(word: str, rest: str) -> int:
    """How many characters of `rest` sound like the word, one of them written as in it; 0 for none."""
    length = len(word)
    if len(rest) < length:
        return 0
    pairs = list(zip(word, rest, strict=False))
    equal = sum(one == other for one, other in pairs)
    if not equal or length - equal > max(1, length // 2):
        return 0
    return length if all(alike(one, other) for one, other in pairs) else 0


def slipped(word: str, rest: str) -> int:
    """How many characters of `rest` are the word with one near-homophone in it, or one character lost."""
    length = len(word)
    if len(rest) >= length:
        wrong = [(one, other) for one, other in zip(word, rest, strict=False) if one != other]
        if len(wrong) == 1 and wrong[0][1] not in AFTER_ADJECTIVE and close(*wrong[0]):
            return length
    if length <= SHORTEST + 1 or len(rest) < length - 1:
        return 0
    shorter = (word[:index] + word[index + 1 :] for index in range(1, length - 1))
    return length - 1 if rest[: length - 1] in shorter else 0


def _typed(word: str, run: str, position: int) -> bool:
    """Whether every character is another one of the same pinyin (乡姑 for 香菇), in a place of its own."""
    end = position + len(word)
    written = run[position:end]
    if len(written) < len(word) or not all(same(*pair) for pair in zip(word, written, strict=True)):
        return False
    if len(word) == SHORTEST and not all(segment.rare(character) for character in written):
        return False
    return not segment.known(written) and segment.apart(run, position, end)


def _grouped(pairs: Iterable[tuple[str, Surface]]) -> dict[str, tuple[Surface, ...]]:
    groups: dict[str, list[Surface]] = defaultdict(list)
    for key, surface in pairs:
        groups[key].append(surface)
    return {key: tuple(group) for key, group in groups.items()}
