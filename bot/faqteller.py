"""Tells the leaders, or the operators' room, of FAQ files that are wrong and not in force; each once."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import structlog

from bot.errors import Unavailable
from bot.model import Address, Role
from bot.ports import FaqKeeper, UnitOfWork

log = structlog.get_logger(__name__)
SHOWN_LINES = 6
MORE = "……还有{count}处，用 tuanbot faq check 看全部。"
OUR_OWN = "tuanbot:"
"""Begins accounts that are no people, such as the console's."""


class FaqTeller:
    """`room` is the network's name of the operators' room; "" tells every leader in private.

    `said` is called when something waits in the outbox.
    """

    def __init__(
        self,
        *,
        units: Callable[[], UnitOfWork],
        keeper: FaqKeeper,
        room: str = "",
        said: Callable[[], None] = lambda: None,
    ) -> None:
        self._units = units
        self._keeper = keeper
        self._room = room
        self._said = said

    async def __call__(self, text: str) -> None:
        """Tell it; a store that is away is no reason to stop watching the files, the log has it too."""
        try:
            await self._tell(text)
        except Unavailable as error:
            log.warning("faq.untold", error=str(error))
        else:
            self._said()

    async def _tell(self, text: str) -> None:
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        key = f"faq:{len(self._keeper.versions())}:{digest}"
        async with self._units() as store:
            for address in await self._addresses(store):
                await store.replies.announce(address, key, shortened(text), urgent=True)
            await store.commit()

    async def _addresses(self, store: UnitOfWork) -> Sequence[Address]:
        rooms = await store.rooms.all()
        if self._room:
            return [room.address for room in rooms if room.address.room == self._room]
        private = [
            replace(room.address, room=member.account_id, private=True)
            for room in rooms
            for member in await store.members.of_room(room.id)
            if member.role >= Role.LEADER and member.account_id and not member.account_id.startswith(OUR_OWN)
        ]
        return list(dict.fromkeys(private))


def shortened(text: str) -> str:
    """The first lines; how many more there are."""
    lines = text.splitlines()
    if len(lines) <= SHOWN_LINES + 1:
        return text
    return "\n".join([*lines[:SHOWN_LINES], MORE.format(count=len(lines) - SHOWN_LINES)])
