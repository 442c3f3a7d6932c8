"""The writer: what several units of work want written at the same time is one transaction and one commit."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from bot.errors import Unavailable
from storage.letters import MessageKey
from storage.news import News
from storage.pen import hold, write
from storage.transactions import Transactions

MOST = 200
"""Units of work in one transaction: a bound on what one commit can take."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """News of one unit of work, and where it waits; it is told which messages were new, in which rows."""

    news: News
    written: asyncio.Future[Mapping[MessageKey, int]] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Writer:
    """Takes what waits, commits it, tells everybody, and takes what has come meanwhile."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._waiting: list[Wanted] = []
        self._work: asyncio.Task[None] | None = None

    async def write(self, news: News) -> Mapping[MessageKey, int]:
        """Make it durable, or raise what stands against it: Conflict, AlreadyHandled, Unavailable.

        What was handed over is written even if nobody waits for it any more.
        """
        wanted = Wanted(news)
        self._waiting.append(wanted)
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._run())
        return await wanted.written

    async def close(self) -> None:
        """Write what was handed over."""
        if self._work is not None:
            await self._work

    async def _run(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            await self._write(batch)

    async def _write(self, batch: Sequence[Wanted]) -> None:
        """All at once; what cannot be written with the others is tried alone, so that it fails alone."""
        try:
            new = await self._commit(News.together(one.news for one in batch))
        except Unavailable as error:
            _fail(batch, error)
        except Exception as error:  # noqa: BLE001 - it belongs to whoever waits for it
            if len(batch) == 1:
                _fail(batch, error)
            else:
                for one in batch:
                    await self._write([one])
        else:
            _tell(batch, new)

    async def _commit(self, news: News) -> Mapping[MessageKey, int]:
        def work(connection: sa.Connection) -> Mapping[MessageKey, int]:
            hold(connection, news)
            return write(connection, news)

        async with self._transactions.begin() as transaction:
            return await transaction.run(work, commit=True)


def _tell(batch: Sequence[Wanted], new: Mapping[MessageKey, int]) -> None:
    """Of those who brought the same message the first one brought it first."""
    left = dict(new)
    for one in batch:
        own = {key: left.pop(key) for key in one.news.accepted if key in left}
        if not one.written.done():
            one.written.set_result(own)


def _fail(batch: Sequence[Wanted], error: Exception) -> None:
    for one in batch:
        if not one.written.done():
            one.written.set_exception(error)
