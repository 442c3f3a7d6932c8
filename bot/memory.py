"""What the bot remembers of a talk for ten minutes: what it is about, and what was asked back."""

from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.ports import State
from bot.routing import Aside
from bot.understanding import Asked, Directive, Focus, Pending

SECONDS = 600
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """The state of a talk between a room and one of its members."""

    focus: Focus = field(default_factory=Focus)
    pending: Pending | None = None
    confirming: Directive | None = None
    asked: Asked | None = None


_REMEMBERED = TypeAdapter(Remembered)
_FOCUS = TypeAdapter(Focus)


class Memory:
    """Reads and writes the talk's state. What cannot be read any more counts as forgotten."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def of_member(self, room_id: int, member_id: int) -> Remembered:
        """What was left open with this member."""
        return self._parsed(_REMEMBERED, await self._state.get(f"talk:{room_id}:{member_id}"), Remembered())

    async def of_room(self, room_id: int) -> Focus:
        """What the room last talked about."""
        return self._parsed(_FOCUS, await self._state.get(f"topic:{room_id}"), Focus())

    async def keep(self, room_id: int, member_id: int, focus: Focus, aside: Aside) -> None:
        """Remember what this message was about and what was asked back; an empty focus leaves the old one."""
        remembered = Remembered(
            focus=focus, pending=aside.pending, confirming=aside.confirming, asked=aside.asked
        )
        await self._state.put(
            f"talk:{room_id}:{member_id}", _REMEMBERED.dump_json(remembered).decode(), SECONDS
        )
        if focus.skus:
            await self._state.put(f"topic:{room_id}", _FOCUS.dump_json(focus).decode(), SECONDS)

    @staticmethod
    def _parsed(adapter: TypeAdapter[Value], text: str | None, empty: Value) -> Value:
        if text is None:
            return empty
        try:
            return adapter.validate_json(text)
        except ValidationError:
            return empty
