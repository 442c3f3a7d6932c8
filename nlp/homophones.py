"""How characters sound: what is typed by ear or by pinyin keyboard is compared by sound."""

from collections.abc import Iterator
from functools import lru_cache

from pypinyin import Style, pinyin
from rapidfuzz.distance import Levenshtein

_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}
_FINALS = {"ng": "n"}
_F_AS_H = {"fu": "hu", "fa": "hua", "fan": "huan", "fei": "hui", "fen": "hun", "fo": "huo"}
"""Syllables that the south does not tell from those with h: 番 and 环, 粉 and 混."""


@lru_cache(maxsize=16384)
def syllables(character: str) -> frozenset[str]:
    """All readings of a character without tones; empty for anything but a Han character."""
    if not "\u4e00" <= character <= "\u9fff":
        return frozenset()
    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


@lru_cache(maxsize=16384)
def sounds(character: str) -> frozenset[str]:
    """Readings with the differences taken out that many speakers do not make: zh/z, n/l, ang/an, f/hu."""
    return frozenset(_merged(syllable) for syllable in syllables(character))


def alike(one: str, other: str) -> bool:
    """Whether two characters sound the same to many speakers, or are the same."""
    return one == other or not sounds(one).isdisjoint(sounds(other))


def same(one: str, other: str) -> bool:
    """Whether two characters are typed by the same letters, so that a pinyin keyboard offers either."""
    return one == other or not syllables(one).isdisjoint(syllables(other))


def close(one: str, other: str) -> bool:
    """Whether two characters sound alike up to one letter of pinyin."""
    return alike(one, other) or Levenshtein.distance(_first(one), _first(other)) <= 1


@lru_cache(maxsize=16384)
def _first(character: str) -> str:
    """The commonest reading; for anything but a Han character the character itself."""
    return pinyin(character, style=Style.NORMAL)[0][0] if syllables(character) else character * 3


def spellings(character: str) -> Iterator[str]:
    """What may stand for the character in Latin letters."""
    yield from sorted(syllables(character))


@lru_cache(maxsize=4096)
def spelling(word: str) -> str:
    """The word in Latin letters, each character in its commonest reading."""
    return "".join(_first(character) for character in word)


def _merged(syllable: str) -> str:
    for written, heard in _INITIALS.items():
        if syllable.startswith(written):
            syllable = heard + syllable[len(written) :]
            break
    for written, heard in _FINALS.items():
        if syllable.endswith(written):
            syllable = syllable[: -len(written)] + heard
    return _F_AS_H.get(syllable, syllable)
