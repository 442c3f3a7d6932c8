"""Words of Chinese text: a jieba tokenizer of our own, which asks our vocabulary."""

import logging
import re
import warnings
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Protocol, cast

from nlp import vocabulary
from nlp.measures import measured
from nlp.vocabulary import Vocabulary

_HAN = re.compile("[\u4e00-\u9fff]")
_COMMON = 200
"""Occurrences in jieba's corpus from which on a word is common talk and no misspelling of another."""

_EVERYWHERE = 30_000
"""Occurrences of a character up to which it may be a misspelling of another one."""


class _Tokenizer(Protocol):
    FREQ: Vocabulary
    total: int
    initialized: bool
    get_DAG: Callable[[str], dict[int, list[int]]]  # noqa: N815  # jieba's

    def lcut(self, sentence: str, cut_all: bool = ..., HMM: bool = ...) -> list[str]: ...  # noqa: N803  # jieba's


@cache
def _tokenizer() -> _Tokenizer:
    """The tokenizer of jieba without its dictionary: 60 MB of words and their beginnings are not loaded."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba  # noqa: PLC0415  # warns where it is imported

        jieba.setLogLevel(logging.WARNING)
        tokenizer = cast("_Tokenizer", jieba.Tokenizer())
    tokenizer.FREQ, tokenizer.total = vocabulary.shipped(), vocabulary.TOTAL
    tokenizer.get_DAG, tokenizer.initialized = _graph, True
    return tokenizer


def _graph(sentence: str) -> dict[int, list[int]]:
    """Where the words that begin at each character may end, as jieba draws it."""
    ends = vocabulary.shipped().ends
    return {start: ends(sentence, start) or [start] for start in range(len(sentence))}


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The text cut into dictionary words."""
    return tuple(_tokenizer().lcut(text, HMM=False))


def is_word(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is cut off as a word of its own, in the clause around it."""
    first = _border(text, start, -1)
    last = _border(text, end - 1, 1) + 1
    position = first
    for word in words(text[first:last]):
        if position == start:
            return position + len(word) == end
        if position > start:
            return False
        position += len(word)
    return False


@lru_cache(maxsize=16384)
def common(word: str) -> bool:
    """Whether the word is a frequent one of its own, so that it is not a misspelling of another."""
    return vocabulary.shipped().occurrences(word) >= _COMMON


@lru_cache(maxsize=16384)
def known(word: str) -> bool:
    """Whether the dictionary has the word at all."""
    return vocabulary.shipped().occurrences(word) > 0


@lru_cache(maxsize=4096)
def rare(character: str) -> bool:
    """Whether a character is not one of those that every second sentence has (想, 来, 大)."""
    return vocabulary.shipped().occurrences(character) <= _EVERYWHERE


def apart(text: str, start: int, end: int) -> bool:
    """Whether no common word reaches over either end of `text[start:end]`."""
    first = _border(text, start, -1)
    last = _border(text, end - 1, 1) + 1
    position = first
    for word in words(text[first:last]):
        crosses = any(position < edge < position + len(word) for edge in (start, end))
        if crosses and common(word):
            return False
        position += len(word)
    return True


def measures(text: str, position: int) -> bool:
    """Whether a measure word of any kind, or a sign of time or place, begins at `position`."""
    return measured(text, position)


def _border(text: str, position: int, step: int) -> int:
    """The last index of the run of Han characters around `position`, at most eight characters away."""
    for _ in range(8):
        following = position + step
        if not 0 <= following < len(text) or not _HAN.match(text[following]):
            break
        position = following
    return position
