"""What rows ask for: their readings joined for each person, in characters of the whole message."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.model import Span
from bot.understanding import Situation, SolitaireRow, Unclear
from nlp.lexicon import Lexicon
from nlp.solitaire.lineage import Person
from shop.changes import Change

_LIKE = "(?:跟|和|同|与)?(?:楼上|上面|前面)(?:的)?(?:一样|相同|同款)"
_DITTO = re.compile(rf"\s*(?:同上|一样|{_LIKE}|〃|″|\"|'')\s*")

_WORD = re.compile(r"[^\s,，]+")
_MOST_WORDS = 8


class RowReading(Protocol):
    """What the grammar makes of a row: SETs, one for each SKU; empty when it says that nothing is wanted."""

    @property
    def changes(self) -> tuple[Change, ...]: ...  # noqa: D102 - the class tells
    @property
    def unclear(self) -> tuple[Unclear, ...]: ...  # noqa: D102
    @property
    def empty(self) -> bool: ...  # noqa: D102


RowReader = Callable[[str, Lexicon, Situation], RowReading]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What all rows of one person ask for together."""

    changes: tuple[Change, ...]
    unclear: tuple[Unclear, ...]
    empty: bool

    @property
    def units(self) -> dict[str, int]:
        """SKU codes and the units wanted of each."""
        return {change.sku: change.quantity or 0 for change in self.changes}

    @property
    def named(self) -> tuple[str, ...]:
        """SKU codes that are wanted, or may be."""
        choices = (choice for unclear in self.unclear for choice in unclear.choices)
        doubtful = (change.sku for choice in choices for change in choice.changes)
        return tuple(dict.fromkeys((*self.units, *doubtful)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Joined:
    """A reading put together of the readings of words."""

    changes: tuple[Change, ...]
    unclear: tuple[Unclear, ...] = ()
    empty: bool = False


class WishReader:
    """Reads each content once; 同上 in a row stands for the row above it.

    `plain` tells whether a word names goods and a count by itself, so that its neighbours do not matter.
    """

    def __init__(
        self,
        read: Callable[[str], RowReading],
        rows: Sequence[SolitaireRow],
        plain: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._read_row = read
        self._plain = plain
        self._rows = rows
        self._readings: dict[str, RowReading] = {}

    def wish(self, person: Person) -> Wish:
        """What the rows of a person ask for."""
        changes: dict[str, Change] = {}
        unclear: list[Unclear] = []
        readings = [self._read(row) for row in person.rows]
        for row, reading in zip(person.rows, readings, strict=True):
            placed = _place(row)
            for change in reading.changes:
                moved = _placed(change, tuple(map(placed, change.spans)))
                before = changes.get(change.sku)
                changes[change.sku] = _joined(before, moved) if before else moved
            unclear += [replace(one, span=placed(one.span)) for one in reading.unclear]
        empty = not changes and not unclear and all(reading.empty for reading in readings)
        return Wish(changes=tuple(changes.values()), unclear=tuple(unclear), empty=empty)

    def _read(self, row: SolitaireRow) -> RowReading:
        content = self._above(row) if _DITTO.fullmatch(row.content) else row.content
        return self._by_words(content) or self._once(content)

    def _once(self, content: str) -> RowReading:
        if content not in self._readings:
            self._readings[content] = self._read_row(content)
        return self._readings[content]

    def _by_words(self, content: str) -> "_Joined | None":
        """The usual row: goods and count in every word, each of which many rows have."""
        words = list(_WORD.finditer(content))
        if not 1 < len(words) <= _MOST_WORDS or not all(self._plain(word[0]) for word in words):
            return None
        readings = [(word.start(), self._once(word[0])) for word in words]
        if any(reading.unclear or len(reading.changes) != 1 for _, reading in readings):
            return None
        changes = [_shifted(reading.changes[0], start) for start, reading in readings]
        return _Joined(changes=tuple(changes))

    def _above(self, row: SolitaireRow) -> str:
        if row not in self._rows:
            return row.content
        above = [
            one.content for one in self._rows[: self._rows.index(row)] if not _DITTO.fullmatch(one.content)
        ]
        return above[-1] if above else row.content


def _joined(one: Change, other: Change) -> Change:
    return replace(one, quantity=(one.quantity or 0) + (other.quantity or 0), spans=one.spans + other.spans)


def _shifted(change: Change, offset: int) -> Change:
    return _placed(change, tuple(_moved(span, offset) for span in change.spans))


def _placed(change: Change, spans: tuple[Span, ...]) -> Change:
    """The same SET elsewhere; written out, since a long list has thousands of them."""
    return Change(kind=change.kind, sku=change.sku, quantity=change.quantity, spans=spans, note=change.note)


def _place(row: SolitaireRow) -> Callable[[Span], Span]:
    """Where in the message a span of what a row says lies; 同上 says nothing else itself."""
    ditto = _DITTO.fullmatch(row.content)
    return lambda span: row.span if ditto else _moved(span, row.span[0])


def _moved(span: Span, offset: int) -> Span:
    return span[0] + offset, span[1] + offset
