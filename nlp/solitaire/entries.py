"""Numbered entries of a list: which lines begin a row, go on with one, or stand between rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nlp.normalise import normalise
from nlp.quantities import quantities
from nlp.solitaire import marks
from nlp.solitaire.marks import Mark
from nlp.solitaire.names import Splitter

_LINE = re.compile(r"[^\n\r]+")
_HEADING = re.compile(r"\s*[【〔\[(（《<#＃—=*☆★●◆■@\-]")
_LONGEST_CONTINUATION = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What stands behind the number at `begin`: `text[start:end]`; `heading` counts sub-headers above."""

    number: int
    begin: int
    start: int
    end: int
    heading: int = 0


def entries(text: str, begin: int, splitter: Splitter) -> Iterator[Entry]:
    """The numbered entries of `text[begin:]`, of price lists as well as of participants."""
    return _Scanner(text, begin, splitter).entries()


class _Scanner:
    """Goes through the lines once; lists that lost their line breaks are cut at their running numbers."""

    def __init__(self, text: str, begin: int, splitter: Splitter) -> None:
        self._text = text
        self._splitter = splitter
        self._lexicon = splitter.lexicon
        self._lines = [line.span() for line in _LINE.finditer(text, begin)]
        self._one_line = sum(marks.at_start(text, *line) is not None for line in self._lines) <= 1
        self._number = 0
        self._heading = 0
        self._open: Entry | None = None

    def entries(self) -> Iterator[Entry]:
        for start, end in self._lines:
            mark = self._mark(start, end)
            if mark:
                yield from self._closed()
                yield from self._begun(mark, end)
            elif self._open and self._continues(start, end, self._open):
                self._open = replace(self._open, end=end)
            elif self._text[start:end].strip():
                yield from self._closed()
                self._heading += 1
        yield from self._closed()

    def _closed(self) -> Iterator[Entry]:
        if self._open:
            yield self._open
        self._open = None

    def _mark(self, start: int, end: int) -> Mark | None:
        mark = marks.at_start(self._text, start, end)
        if mark and self._begins(mark, end):
            return mark
        if self._one_line and not self._number:
            inner = marks.inside(self._text, start, end, 1)
            return inner if inner and self._begins(inner, end) else None
        return None

    def _begins(self, mark: Mark, end: int) -> bool:
        """A number that may be part of a quantity begins a row only when it is the next one."""
        if mark.sure:
            return True
        if mark.number not in {1, self._number + 1}:
            return False
        row = self._text[mark.end : end].strip()
        return self._splitter.knows(row) or not marks.counted(self._text, mark.end, end)

    def _begun(self, mark: Mark, end: int) -> Iterator[Entry]:
        """Open the entry of the mark; where all is on one line, the ones that follow on it too."""
        self._number = mark.number
        while self._one_line:
            following = marks.inside(self._text, mark.end, end, mark.number + 1)
            if following is None or not self._begins(following, end):
                break
            yield self._entry(mark, following.start)
            mark = following
            self._number = mark.number
        self._open = self._entry(mark, end)

    def _entry(self, mark: Mark, end: int) -> Entry:
        return Entry(number=mark.number, begin=mark.start, start=mark.end, end=end, heading=self._heading)

    def _continues(self, start: int, end: int, entry: Entry) -> bool:
        line = self._text[start:end]
        if not line.strip() or _HEADING.match(line) or len(line) > _LONGEST_CONTINUATION:
            return False
        if "\n\n" in self._text[entry.end : start].replace("\r", ""):
            return False
        return line[0] in " \t\u3000" or self._is_goods(line)

    def _is_goods(self, line: str) -> bool:
        form = normalise(line).text
        counts = any(count.unit for count in quantities(form, self._lexicon.units))
        return counts or (bool(self._lexicon.mentions(form)) and any(map(str.isdigit, form)))
