"""What a unit of work wants written and needs no answer to: many of them are written as if they were one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storage.letters import MessageKey

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A message that was handled; `row` is its id in the inbox, 0 where that has to be looked up.

    `accepted` makes its row where it was never written down.
    """

    key: MessageKey
    row: int
    handled_at: datetime
    intent: str
    route: str
    accepted: Callable[[], Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Replies that went out as one message, named by the first of them."""

    keys: tuple[str, ...]
    at: datetime


@dataclass(slots=True, kw_only=True)
class News:
    """`seen` and `changed` hold revisions by room: as they were when the room was looked at."""

    seen: dict[int, int] = field(default_factory=dict)
    changed: dict[int, int] = field(default_factory=dict)
    accepted: dict[MessageKey, Row] = field(default_factory=dict)
    added: dict[sa.Table, list[Row]] = field(default_factory=dict)
    replies: list[Row] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.changed, self.accepted, self.added, self.replies, self.marks, self.sent))

    def add(self, table: sa.Table, values: Iterable[Row]) -> None:
        """Rows of a table that nothing refers to before they are written."""
        self.added.setdefault(table, []).extend(values)

    def undoing(self) -> Callable[[], None]:
        """What takes off again all that comes from now on."""
        lists: list[list[Any]] = [self.replies, self.marks, self.sent, *self.added.values()]
        lengths, accepted, tables = [len(one) for one in lists], dict(self.accepted), frozenset(self.added)

        def undo() -> None:
            self.accepted = accepted
            self.added = {table: rows for table, rows in self.added.items() if table in tables}
            for one, length in zip(lists, lengths, strict=True):
                del one[length:]

        return undo

    @staticmethod
    def together(many: Iterable["News"]) -> "News":
        """All of it, in order."""
        whole = News()
        for one in many:
            whole.seen |= one.seen
            whole.changed |= one.changed
            whole.accepted = {**one.accepted, **whole.accepted}
            whole.replies += one.replies
            whole.marks += one.marks
            whole.sent += one.sent
            for table, values in one.added.items():
                whole.add(table, values)
        return whole
