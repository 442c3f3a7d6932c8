"""What the console needs from the bot: its store, who carries out commands, who reads pastes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.model import FaqVersion, Pasted, Room
from bot.ports import UnitOfWork
from shop.inquiry import Unanswered

Units = Callable[[], UnitOfWork]


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqEntry:
    """An entry that is in force: `state` says in a word if it does not answer now; where it stands.

    `findings` are whether it is an error, and what it says. `link` opens the line in an editor, "" for none.
    """

    id: str
    title: str
    questions: Sequence[str]
    state: str
    place: str
    link: str
    findings: Sequence[tuple[bool, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqTrial:
    """What a question is answered now, by which step, and why; `nearest` are ids, titles and scores."""

    question: str
    rule: str
    entry: str
    answer: str
    place: str
    link: str
    nearest: Sequence[tuple[str, str, float]] = ()
    reasons: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqMisses:
    """Unanswered questions: the first of each group and how often it was asked; the draft to copy."""

    groups: Sequence[tuple[str, int]]
    draft: str


class FaqBoard(Protocol):
    """The FAQ as operators look at it. May take a while with many entries: called off the event loop."""

    def trouble(self) -> str:
        """Why the files as they are now are not in force; "" when they are."""
        ...

    def entries(self) -> Sequence[FaqEntry]:
        """What is in force, as it stands in the files."""
        ...

    def tried(self, question: str, *, room: str, group_buy: str, leader: bool) -> FaqTrial:
        """What a member or leader of a room is answered now."""
        ...

    def misses(self, unanswered: Sequence[Unanswered]) -> FaqMisses:
        """Unanswered questions put together."""
        ...

    def versions(self) -> Sequence[FaqVersion]:
        """What was in force, the oldest first."""
        ...


class Commander(Protocol):
    """Carries out a command as if the leader had written it in the room."""

    async def __call__(self, room: Room, text: str) -> None:
        """Hand it over; what is said about it is said in the room."""
        ...


class PasteBox(Protocol):
    """Reads a pasted list or chat log against what is on sale in a room, on a store that is thrown away."""

    async def __call__(self, room: Room, text: str) -> Pasted:
        """Raises UserError when there is nothing on sale or nothing to read."""
        ...
