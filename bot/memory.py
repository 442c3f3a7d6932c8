"""What the bot remembers of a talk for ten minutes: what it is about, and what was asked back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.ports import State
from bot.routing import Aside
from bot.understanding import Asked, Directive, Focus, Pending

SECONDS = 600
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """The state of a talk between a room and one of its members; `topic` is that of the whole room.

    `said` counts the member's messages within the minute, this one included.
    `offered`: units of a SKU that the member was told could still be had.
    """

    focus: Focus = field(default_factory=Focus)
    pending: Pending | None = None
    confirming: Directive | None = None
    asked: Asked | None = None
    offered: Mapping[str, int] = field(default_factory=dict)
    topic: Focus = field(default_factory=Focus)
    said: int = 0


_REMEMBERED = TypeAdapter(Remembered)
_FOCUS = TypeAdapter(Focus)


class Memory:
    """The talk's state as one unit of work sees it; `save` after its commit.

    What cannot be read any more counts as forgotten.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._new: dict[str, str] = {}

    async def recall(self, room_id: int, member_id: int, now: datetime) -> Remembered:
        """What was left open with this member, and what the room last talked about; counts the message."""
        count = f"rate:{room_id}:{member_id}:{now:%H:%M}"
        own, topic, before = await self._get(f"talk:{room_id}:{member_id}", f"topic:{room_id}", count)
        said = int(before or 0) + 1
        self._new[count] = str(said)
        talk = _parsed(_REMEMBERED, own, Remembered())
        return replace(talk, topic=_parsed(_FOCUS, topic, Focus()), said=said)

    def keep(self, room_id: int, member_id: int, focus: Focus, aside: Aside) -> None:
        """Remember what this message was about and what was asked back; an empty focus leaves the old one."""
        remembered = Remembered(
            focus=focus,
            pending=aside.pending,
            confirming=aside.confirming,
            asked=aside.asked,
            offered=aside.offered,
        )
        self._new[f"talk:{room_id}:{member_id}"] = _REMEMBERED.dump_json(remembered).decode()
        if focus.skus:
            self._new[f"topic:{room_id}"] = _FOCUS.dump_json(focus).decode()

    async def save(self) -> None:
        """Keep it for the next messages."""
        if self._new:
            await self._state.put_all(self._new, SECONDS)

    async def _get(self, *keys: str) -> Sequence[str | None]:
        kept = await self._state.get_all([key for key in keys if key not in self._new])
        old = iter(kept)
        return [self._new[key] if key in self._new else next(old) for key in keys]


def _parsed(adapter: TypeAdapter[Value], text: str | None, empty: Value) -> Value:
    if text is None:
        return empty
    try:
        return adapter.validate_json(text)
    except ValidationError:
        return empty
