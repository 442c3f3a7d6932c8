"""Transactions as sessions use them, whatever the database."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol, TypeVar

import sqlalchemy as sa

Value = TypeVar("Value")
Work = Callable[[sa.Connection], Value]
PATIENCE = 30.0
"""Seconds to wait for a connection while other units of work have them all."""


class Transaction(Protocol):
    """An open transaction."""

    async def run(self, work: Work[Value], *, commit: bool = False) -> Value:
        """Do something in it; with `commit` what was done in it is durable afterwards."""
        ...


class Transactions(Protocol):
    """Where transactions come from."""

    def begin(self) -> AbstractAsyncContextManager[Transaction]:
        """A transaction for the length of a block; undone at its end unless its work committed it."""
        ...

    def snapshot(self) -> AbstractAsyncContextManager[Transaction]:
        """A transaction that reads what is committed now, for the length of a block, while others write."""
        ...

    async def close(self) -> None:
        """Close all connections."""
        ...
