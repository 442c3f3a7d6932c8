"""jieba's dictionary as a trie that is mapped from a file: 1 MB in place of 60, and nothing to load.

`python -m nlp.vocabulary` makes the file anew from the dictionary of the jieba that is installed.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import marisa_trie

FILE = Path(__file__).parent / "data" / "words.trie"
TOTAL = 60_101_967
"""Occurrences of all words together in jieba's corpus."""
LONGEST = 16
"""Characters of the longest word."""
_FORMAT = "<I"


class Vocabulary:
    """Words and how often each occurs in jieba's corpus."""

    def __init__(self, path: Path = FILE) -> None:
        self._trie = marisa_trie.RecordTrie(_FORMAT)
        self._trie.mmap(str(path))

    def get(self, word: str) -> int | None:
        """Occurrences of a word, None for what is none: so jieba asks its dictionary."""
        return self.occurrences(word) or None

    def occurrences(self, word: str) -> int:
        """How often the word occurs; 0 for what is none."""
        found = self._trie.get(word)
        return int(found[0][0]) if found else 0

    def ends(self, text: str, start: int) -> list[int]:
        """The last characters, as indices, of all words that begin at `start`, the shortest first."""
        words = self._trie.prefixes(text[start : start + LONGEST])
        return [start + len(word) - 1 for word in words]

    def items(self) -> Iterator[tuple[str, int]]:
        """All words with their occurrences."""
        return ((word, count) for word, (count,) in self._trie.iteritems())


@cache
def shipped() -> Vocabulary:
    """The words that come with the package."""
    return Vocabulary()


def write(path: Path = FILE) -> None:
    """Make the file of jieba's own dictionary."""
    import jieba  # noqa: PLC0415  # read whole only here

    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    words = ((word, (count,)) for word, count in sorted(tokenizer.FREQ.items()) if count)
    marisa_trie.RecordTrie(_FORMAT, words).save(str(path))


if __name__ == "__main__":
    write()
