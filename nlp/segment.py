"""Words of Chinese text: a jieba tokenizer of our own, loaded when it is first needed."""

import logging
import marshal
import re
import warnings
from functools import cache, lru_cache
from pathlib import Path
from tempfile import gettempdir
from typing import Protocol, cast

from nlp.measures import measured

_HAN = re.compile("[\u4e00-\u9fff]")
_COMMON = 200
"""Occurrences in jieba's corpus from which on a word is common talk and no misspelling of another."""


class _Tokenizer(Protocol):
    FREQ: dict[str, int]
    total: int
    initialized: bool

    def initialize(self) -> None: ...

    def lcut(self, sentence: str, cut_all: bool = ..., HMM: bool = ...) -> list[str]: ...  # noqa: N803  # jieba's


@cache
def _tokenizer() -> _Tokenizer:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba  # noqa: PLC0415  # its dictionary takes a quarter of a second: not before it is needed

        jieba.setLogLevel(logging.WARNING)
        tokenizer = cast("_Tokenizer", jieba.Tokenizer())
        _load(tokenizer, Path(gettempdir(), "jieba.cache"))
    return tokenizer


def _load(tokenizer: _Tokenizer, kept: Path) -> None:
    """Read the dictionary that jieba keeps, in one piece: jieba reads word by word, three times as long."""
    try:
        tokenizer.FREQ, tokenizer.total = marshal.loads(kept.read_bytes())  # noqa: S302  # as jieba does
        tokenizer.initialized = True
    except (OSError, EOFError, ValueError, TypeError):
        tokenizer.initialize()  # it is made, and kept for the next time


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
    return _tokenizer().FREQ.get(word, 0) >= _COMMON


@lru_cache(maxsize=16384)
def known(word: str) -> bool:
    """Whether the dictionary has the word at all."""
    return _tokenizer().FREQ.get(word, 0) > 0


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
