"""The people of a room as values: made of rows, found by account or name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bot.model import Member, Role

People = Sequence[Member]
"""Members, oldest first."""


def members(
    people: Iterable[sa.Row[Any]], names: Iterable[sa.Row[Any]], grants: Iterable[sa.Row[Any]]
) -> dict[int, Member]:
    """Members by id with their earlier names, oldest name first, and the role of their account."""
    earlier: defaultdict[int, list[str]] = defaultdict(list)
    for row in names:
        earlier[row.member_id].append(row.name)
    role_of = granted(grants)
    return {row.id: _member(row, earlier[row.id], role_of) for row in people}


def _member(row: sa.Row[Any], earlier: Iterable[str], role_of: Mapping[str, Role]) -> Member:
    account_id = row.account_id or ""
    return Member(
        id=row.id,
        room_id=row.room_id,
        name=row.name,
        account_id=account_id,
        role=role_of.get(account_id, Role.MEMBER),
        names=tuple(name for name in earlier if name != row.name),
        pickup=row.pickup,
    )


def granted(grants: Iterable[sa.Row[Any]]) -> dict[str, Role]:
    """Roles by account; a later grant wins over an earlier one."""
    return {grant.account_id: grant.role for grant in grants}


def without_account(people: People, name: str) -> Member | None:
    """The member who is known by this name only."""
    return next((one for one in people if one.name == name and not one.account_id), None)


def by_name(people: People, name: str) -> Member | None:
    """Who is called so, with an account rather than without; else who was called so, newest member first."""
    called = sorted((member for member in people if member.name == name), key=lambda one: not one.account_id)
    once = (member for member in reversed(people) if name in member.names)
    return called[0] if called else next(once, None)
