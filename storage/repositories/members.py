"""People by room, with their earlier names and their roles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from bot.model import Member, Role
from storage.columns import storable
from storage.kept import Crowd
from storage.repositories import crowd
from storage.session import Session
from storage.tables import (
    case_photos,
    cases,
    faq_questions,
    inbox,
    member_names,
    members,
    reviews,
    roles,
    rooms,
    waiting_wishes,
)

EVERY = "*"
"""As a room or a network: all of them."""
FORGOTTEN = "已注销"
"""What a member is called who had all personal data deleted."""


def _closeness(column: sa.Column[str]) -> sa.Case[int]:
    return sa.case((column == EVERY, 0), else_=1)


THIS_ROOM: sa.BindParameter[int] = sa.bindparam("of_room")
PEOPLE = sa.select(members).where(members.c.room_id == THIS_ROOM).order_by(members.c.id)
NAMES = (
    sa.select(member_names.c.member_id, member_names.c.name)
    .join(members, members.c.id == member_names.c.member_id)
    .where(members.c.room_id == THIS_ROOM)
    .order_by(member_names.c.id)
)
GRANTS = (
    sa.select(roles.c.account_id, roles.c.role)
    .join(rooms, rooms.c.id == THIS_ROOM)
    .where(roles.c.channel.in_((EVERY, rooms.c.channel)), roles.c.room.in_((EVERY, rooms.c.room)))
    .order_by(_closeness(roles.c.room), _closeness(roles.c.channel))
)
GRANTS_OF = GRANTS.where(roles.c.account_id == sa.bindparam("of_account"))
ADDED = sa.insert(members).returning(members)


class SqlMembers:
    """Implements bot.repositories.Members. A room's people are read whole and kept."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def seen(self, room_id: int, account_id: str, name: str) -> Member:
        """The member of the account; takes over the one known by this name only; keeps the newest name."""
        account_id, name = storable(account_id), storable(name)
        if not account_id:
            return await self.named(room_id, name)
        people = await self._crowd(room_id)
        known = people.accounts.get(account_id)
        if known is not None:
            return known if name in ("", known.name) else await self._renamed(known, name)
        nameless = crowd.without_account(people.known, name)
        if nameless is not None:
            return await self._identified(nameless, account_id)
        return await self._made(room_id, account_id, name or account_id)

    async def introduce(self, room_id: int, names: Mapping[str, str]) -> None:
        """Make members of accounts that are new, given with their names, in a few statements.

        One that may be somebody known by name only is left to `seen`.
        """
        people = await self._crowd(room_id)
        guests = {one.name for one in people.known if not one.account_id}
        wanted = {storable(account): storable(name) for account, name in names.items()}
        new = [
            {"room_id": room_id, "account_id": account, "name": name or account, "pickup": ""}
            for account, name in wanted.items()
            if account and account not in people.accounts and name not in guests
        ]
        if new:
            await self._add(room_id, await self._session.rows(ADDED, new))

    async def _add(self, room_id: int, added: Sequence[sa.Row[Any]]) -> None:
        """Those who were just made, beside those who are known."""
        new = crowd.members(sorted(added, key=lambda row: row.id), (), await self._grants(room_id))
        room, people = await self._session.room(room_id), await self._crowd(room_id)
        self._session.touch(room_id, replace(room, crowd=replace(people, members={**people.members, **new})))

    async def named(self, room_id: int, name: str) -> Member:
        """The member who is or was called so, made (without account) when there is none."""
        name = storable(name)
        known = crowd.by_name((await self._crowd(room_id)).known, name)
        return known or await self._made(room_id, "", name)

    async def all_named(self, room_id: int, names: Iterable[str]) -> Mapping[str, Member]:
        """What `named` gives for each of many names, by name, in a few statements."""
        wanted = {name: storable(name) for name in names}
        people = (await self._crowd(room_id)).known
        called = {name for member in people for name in (member.name, *member.names)}
        new = dict.fromkeys(name for name in wanted.values() if name not in called)
        if new:
            people = await self._all_made(room_id, new)
        made = {member.name: member for member in people if member.name in new}
        found = {name: made.get(name) or crowd.by_name(people, name) for name in wanted.values()}
        return {name: member for name, kept in wanted.items() if (member := found[kept]) is not None}

    async def _all_made(self, room_id: int, names: Iterable[str]) -> tuple[Member, ...]:
        """Everybody who is known, once members of these names are made."""
        nobody = {"room_id": room_id, "account_id": None, "pickup": ""}
        await self._session.insert_all(members, [{**nobody, "name": name} for name in names])
        return (await self._read_anew(room_id)).known

    async def of_room(self, room_id: int) -> Sequence[Member]:
        """Everybody, oldest first."""
        return (await self._crowd(room_id)).everybody

    async def names(self, room_id: int, *, least: Role = Role.MEMBER) -> tuple[str, ...]:
        """What everybody of at least this role is called and was called before."""
        return (await self._crowd(room_id)).names(least)

    async def called(self, room_id: int, members: Iterable[int]) -> Mapping[int, str]:
        """What these members are called now, by id."""
        people = (await self._crowd(room_id)).members
        return {one: people[one].name for one in members if one in people}

    async def grant(self, channel: str, room: str, account_id: str, role: Role) -> None:
        """Give an account, seen yet or not, a role in a room of a network ("*": in all of them)."""
        where = (roles.c.channel == channel, roles.c.room == room, roles.c.account_id == account_id)
        await self._session.change(sa.delete(roles).where(*where))
        values = {"channel": channel, "room": room, "account_id": account_id, "role": role}
        await self._session.insert(roles, {**values, "source": "operator"})
        await self._outdate(channel, room)

    async def withdraw_all(self) -> None:
        """Take every role back, before those that hold now are granted."""
        await self._session.change(sa.delete(roles))
        await self._outdate(EVERY, EVERY)

    async def save(self, member: Member) -> None:
        """Keep a changed pickup point."""
        await self._change(member, {"pickup": member.pickup})

    async def forget(self, member: Member) -> None:
        """Take off all that tells who the member is; the ledger keeps its numbers."""
        await self._erase_words(member)
        now = self._session.clock.now()
        gone = {"name": FORGOTTEN, "account_id": None, "pickup": "", "forgotten_at": now}
        await self._session.change(sa.delete(member_names).where(member_names.c.member_id == member.id))
        await self._session.change(sa.update(members).where(members.c.id == member.id).values(gone))
        await self._read_anew(member.room_id)
        room = await self._session.room(member.room_id)
        self._session.touch(member.room_id, replace(room, wishes={}))

    async def _erase_words(self, member: Member) -> None:
        run = self._session.change
        own_cases = sa.select(cases.c.id).where(cases.c.member_id == member.id)
        await run(sa.delete(case_photos).where(case_photos.c.case_id.in_(own_cases)))
        await run(sa.delete(waiting_wishes).where(waiting_wishes.c.member_id == member.id))
        await run(sa.update(cases).where(cases.c.member_id == member.id).values(text=""))
        await run(sa.update(reviews).where(reviews.c.member_id == member.id).values(text=""))
        await run(
            sa.update(faq_questions)
            .where(faq_questions.c.member_id == member.id)
            .values(text="", member_id=None)
        )
        if member.account_id:
            await run(sa.update(inbox).where(*_sent_by(member)).values(payload="", sender_id=""))

    async def _renamed(self, member: Member, name: str) -> Member:
        await self._session.insert_new(member_names, {"member_id": member.id, "name": member.name})
        names = (*(one for one in member.names if one not in (name, member.name)), member.name)
        return await self._change(replace(member, name=name, names=names), {"name": name})

    async def _identified(self, member: Member, account_id: str) -> Member:
        await self._change(member, {"account_id": account_id})
        return await self._again(member, account_id)

    async def _change(self, member: Member, values: Mapping[str, object]) -> Member:
        await self._session.change(sa.update(members).where(members.c.id == member.id).values(values))
        await self._put(member)
        return member

    async def _made(self, room_id: int, account_id: str, name: str) -> Member:
        values = {"room_id": room_id, "account_id": account_id or None, "name": name, "pickup": ""}
        new = await self._session.insert(members, values)
        member = Member(id=new, room_id=room_id, account_id=account_id, name=name)
        await self._put(member)
        return await self._again(member, account_id)

    async def _again(self, member: Member, account_id: str) -> Member:
        """With the role that waits for the account."""
        if not account_id:
            return member
        granted = crowd.granted(await self._grants(member.room_id, account_id))
        known = replace(member, account_id=account_id, role=granted.get(account_id, Role.MEMBER))
        await self._put(known)
        return known

    async def _put(self, member: Member) -> None:
        """Note a change."""
        before = await self._crowd(member.room_id)
        changed = replace(before, members={**before.members, member.id: member})
        room = await self._session.room(member.room_id)
        self._session.touch(member.room_id, replace(room, crowd=changed))

    async def _outdate(self, channel: str, room: str) -> None:
        concerned = (
            sa.true() if wanted == EVERY else column == wanted
            for column, wanted in ((rooms.c.channel, channel), (rooms.c.room, room))
        )
        await self._session.outdate(sa.and_(*concerned))

    async def _crowd(self, room_id: int) -> Crowd:
        room = await self._session.room(room_id)
        if room.crowd is not None:
            return room.crowd
        read = await self._read(room_id)
        self._session.keep(room_id, replace(room, crowd=read))
        return read

    async def _read_anew(self, room_id: int) -> Crowd:
        """After a change of many members, or of what hangs on one."""
        room = await self._session.room(room_id)
        read = await self._read(room_id)
        self._session.touch(room_id, replace(room, crowd=read))
        return read

    async def _read(self, room_id: int) -> Crowd:
        people = await self._session.rows(PEOPLE, {"of_room": room_id})
        names = await self._session.rows(NAMES, {"of_room": room_id})
        return Crowd(
            members=crowd.members(people, names, await self._grants(room_id)),
            forgotten=frozenset(row.id for row in people if row.forgotten_at is not None),
        )

    async def _grants(self, room_id: int, account_id: str = "") -> Iterable[sa.Row[tuple[str, Role]]]:
        """Roles that hold in the room; the closer one comes later and wins, the room before the network."""
        if account_id:
            return await self._session.rows(GRANTS_OF, {"of_room": room_id, "of_account": account_id})
        return await self._session.rows(GRANTS, {"of_room": room_id})


def _sent_by(member: Member) -> tuple[sa.ColumnElement[bool], ...]:
    room = sa.select(rooms.c.channel, rooms.c.account, rooms.c.room).where(rooms.c.id == member.room_id)
    place = sa.tuple_(inbox.c.channel, inbox.c.account, inbox.c.room)
    return inbox.c.sender_id == member.account_id, place.in_(room)
