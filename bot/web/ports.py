"""What the console needs from the bot: its store, who carries out commands, who reads pastes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.model import Room
from bot.ports import UnitOfWork

Units = Callable[[], UnitOfWork]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A text that is ready to be copied into the group."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What became of a pasted list or chat log: how many messages it held, and what there is to copy."""

    messages: int
    notices: Sequence[Notice] = ()


class Commander(Protocol):
    """Carries out a command as if the leader had written it in the room."""

    async def __call__(self, room: Room, text: str) -> None:
        """Hand it over; what is said about it is said in the room."""
        ...


class PasteReader(Protocol):
    """Reads a pasted list or chat log against what is on sale in a room, on a store that is thrown away."""

    async def __call__(self, room: Room, text: str) -> Pasted:
        """Raises UserError when there is nothing on sale or nothing to read."""
        ...
