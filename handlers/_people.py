"""The people of the room by name."""

from collections.abc import Iterable, Mapping

from bot.model import Incoming, Member, Reply, Role
from bot.routing import Context

SHOWN_NAMES = 30


async def names(ctx: Context) -> Mapping[int, str]:
    """What everybody is called, by member id."""
    return {member.id: member.name for member in await ctx.store.members.of_room(ctx.room.id)}


async def found(ctx: Context, called: Iterable[str]) -> tuple[tuple[Member, ...], tuple[str, ...]]:
    """Members of the room who are, or else were, called so; and the names of nobody."""
    everybody = await ctx.store.members.of_room(ctx.room.id)
    members = {name: _named(everybody, name) for name in called}
    known = tuple(member for member in members.values() if member is not None)
    return known, tuple(name for name, member in members.items() if member is None)


def _named(everybody: Iterable[Member], name: str) -> Member | None:
    everybody = tuple(everybody)
    now = (member for member in everybody if member.name == name)
    once = (member for member in everybody if name in member.names)
    return next(now, None) or next(once, None)


async def leader_name(ctx: Context) -> str:
    """What the room's leader is called, "" while none has said anything yet."""
    everybody = await ctx.store.members.of_room(ctx.room.id)
    return next((member.name for member in everybody if member.role is Role.LEADER), "")


def listed(people: Iterable[str], longest: int = SHOWN_NAMES) -> str:
    """Names in a row; the rest is counted."""
    people = tuple(people)
    rest = f"等{len(people)}人" if len(people) > longest else ""
    return "、".join(people[:longest]) + rest


def answer(incoming: Incoming, *lines: str) -> Reply:
    """A reply to the sender; empty lines are left out."""
    return Reply(text="\n".join(filter(None, lines)), to=incoming.sender_name)
