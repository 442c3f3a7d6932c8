"""Column types and frequent columns: times in UTC, exact decimals, closed sets of words, ids."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""SQLite numbers rows by itself only in a column that is INTEGER to the letter."""
WORD_LENGTH = 32


def _utc(time: datetime | None) -> datetime | None:
    if time is not None and time.tzinfo is None:
        raise ValueError(f"a time without a zone: {time}")
    return time and time.astimezone(UTC)


def _sortable(time: datetime | None) -> str | None:
    """As SQLite keeps it: text without the zone."""
    utc = _utc(time)
    return None if utc is None else utc.replace(tzinfo=None).isoformat(" ", "microseconds")


class UtcTime(TypeDecorator[datetime]):
    """Aware datetimes, kept in UTC; a naive one is refused, since nobody knows what it means."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], datetime | str | None]:
        """In one step, since every row has several."""
        return _sortable if dialect.name == "sqlite" else _utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the library's signature
        """Aware, UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def storable(text: str) -> str:
    """Without the two kinds of characters that databases refuse.

    NUL is left out; half a surrogate pair, as cut-off nicknames have, becomes a question mark.
    """
    if text.isprintable():
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)


class Text(TypeDecorator[str]):
    """What people and networks write."""

    impl = sa.String()
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:  # noqa: ARG002 - the library's signature
        """Storable; in one step, since every row has several."""
        return _storable


class ExactDecimal(TypeDecorator[Decimal]):
    """Decimals as text: neither database changes a digit."""

    impl = sa.String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the library's signature
        """Digits without exponent."""
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002 - the library's signature
        """The same digits."""
        return None if value is None else Decimal(value)


def word(kinds: type[Enum], name: str, **options: Any) -> sa.Column[Any]:
    """A column for the members of an enum, by their names in lower case, with a check constraint."""
    kind = sa.Enum(
        kinds,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=WORD_LENGTH,
        values_callable=lambda members: [member.name.lower() for member in members],
    )
    return sa.Column(name, kind, nullable=False, **options)


def key() -> sa.Column[int]:
    """The row's own id."""
    return sa.Column("id", ID, primary_key=True)


def text(name: str, **options: Any) -> sa.Column[str]:
    """Text that is there, if only as ""."""
    return sa.Column(name, Text(), nullable=False, **options)


def moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    """A point in time, UTC."""
    return sa.Column(name, UtcTime(), nullable=nullable)


def reference(name: str, target: str, *, nullable: bool = False, **options: Any) -> sa.Column[int]:
    """A foreign key on the id of another table."""
    return sa.Column(name, ID, sa.ForeignKey(f"{target}.id"), nullable=nullable, **options)
