"""The people of the room by name."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Self

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


class NameIndex:
    """Finds or makes members by the names in a list: as written, else without emoji and signs."""

    def __init__(self, everybody: Iterable[Member]) -> None:
        self._written: dict[str, Member] = {}
        self._plain: dict[str, list[Member]] = {}
        for member in everybody:
            self._add(member)

    @classmethod
    async def of(cls, ctx: Context, wanted: Iterable[str]) -> Self:
        """Everybody in the room, and somebody for each of the names wanted."""
        index = cls(await ctx.store.members.of_room(ctx.room.id))
        unknown = dict.fromkeys(name for name in wanted if index._known(name) is None)
        made = await ctx.store.members.all_named(ctx.room.id, unknown) if unknown else {}
        index._written.update(made)
        return index

    def __getitem__(self, name: str) -> Member:
        """Whoever is called so; only for names that were wanted."""
        known = self._known(name)
        if known is None:
            raise KeyError(name)
        return known

    def _known(self, name: str) -> Member | None:
        """As it is written, else the only one who is called so but for emoji and signs."""
        alike = self._plain.get(plain_name(name), [])
        return self._written.get(name) or (alike[0] if len(alike) == 1 else None)

    def _add(self, member: Member) -> None:
        if member.account_id or member.name not in self._written:
            self._written[member.name] = member
        self._plain.setdefault(plain_name(member.name), []).append(member)


def plain_name(name: str) -> str:
    """What stays of a name without emoji, signs, spaces and case; a name of signs only stays as it is."""
    letters = (char for char in unicodedata.normalize("NFKC", name) if char.isalnum())
    return "".join(letters).casefold() or name.strip()


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
