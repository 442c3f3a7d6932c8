"""What a Database remembers of its store, and how one unit of work knows whether it still holds.

A room's row carries a revision that grows with every change of anything that is kept here of the room.
Whoever knows the revision knows whether all of it is up to date.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.model import Address, Member, Role, Room
from bot.understanding import Booked, SolitaireList
from shop.book import Book, OrderEvent
from shop.groupbuy import GroupBuy
from shop.waiting import Wish
from storage.bookings import last_bookings
from storage.cache import Committed
from storage.letters import MessageKey

ROOMS = 20_000
GROUP_BUYS = 2_000
LETTERS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Versioned:
    """A group-buy as its row stood at `version`."""

    version: int
    group_buy: GroupBuy


@dataclass(frozen=True, kw_only=True)
class Folded:
    """A ledger up to some event, and its fold."""

    events: tuple[OrderEvent, ...] = ()
    book: Book = field(default_factory=Book)

    def recent(self, limit: int) -> tuple[Booked, ...]:
        """What the last messages booked; most messages book nothing, and ask again."""
        if limit not in self._recent:
            self._recent[limit] = last_bookings(self.events, limit)
        return self._recent[limit]

    @cached_property
    def _recent(self) -> dict[int, tuple[Booked, ...]]:
        return {}


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """The members of a room, by id; nobody becomes one of the forgotten again."""

    members: Mapping[int, Member]
    forgotten: frozenset[int] = frozenset()

    @cached_property
    def everybody(self) -> tuple[Member, ...]:
        """All of them, oldest first."""
        return tuple(self.members.values())

    @cached_property
    def known(self) -> tuple[Member, ...]:
        """Those who can still be meant."""
        return tuple(one for one in self.everybody if one.id not in self.forgotten)

    def names(self, least: Role) -> tuple[str, ...]:
        """What everybody of at least this role is and was called; the blocked count as members."""
        if least not in self._names:
            called = (one for one in self.everybody if least <= max(one.role, Role.MEMBER))
            self._names[least] = tuple(name for one in called for name in (one.name, *one.names))
        return self._names[least]

    @cached_property
    def _names(self) -> dict[Role, tuple[str, ...]]:
        return {}

    @cached_property
    def accounts(self) -> Mapping[str, Member]:
        """Those who can still be meant and have an account, by account."""
        return {one.account_id: one for one in self.known if one.account_id}


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """Which group-buy is the room's present one, at which version; 0 and 0 for none."""

    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomState:
    """A room at `revision`; a part that nobody has asked for yet is None or missing.

    By group-buy: `ledgers` holds the number of the last event, `lists` the rows of the last versions, latest
    first. What these numbers stand for never changes and is kept elsewhere.
    """

    revision: int
    crowd: Crowd | None = None
    current: Current | None = None
    ledgers: Mapping[int, int] = field(default_factory=dict)
    lists: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    wishes: Mapping[int, tuple[Wish, ...]] = field(default_factory=dict)

    def at(self, revision: int) -> "RoomState":
        """What is left of it at a revision: all or nothing."""
        return self if revision == self.revision else RoomState(revision=revision)

    def with_ledger(self, group_buy_id: int, last_seq: int) -> "RoomState":
        """With the end of a ledger."""
        return replace(self, ledgers={**self.ledgers, group_buy_id: last_seq})

    def with_lists(self, group_buy_id: int, ids: tuple[int, ...]) -> "RoomState":
        """With the last versions of the solitaire list."""
        return replace(self, lists={**self.lists, group_buy_id: ids})

    def with_wishes(self, group_buy_id: int, wishes: tuple[Wish, ...]) -> "RoomState":
        """With a waiting list."""
        return replace(self, wishes={**self.wishes, group_buy_id: wishes})


@dataclass(frozen=True, slots=True, kw_only=True)
class Caches:
    """Bounded: what was not asked for longest is forgotten, and read again when it is needed.

    `letters` are the rows of messages that were written down a moment ago.
    """

    addresses: Committed[Address, Room] = field(default_factory=lambda: Committed(ROOMS))
    homes: Committed[int, int] = field(default_factory=lambda: Committed(ROOMS))
    rooms: Committed[int, RoomState] = field(default_factory=lambda: Committed(ROOMS))
    group_buys: Committed[int, Versioned] = field(default_factory=lambda: Committed(GROUP_BUYS))
    ledgers: Committed[int, Folded] = field(default_factory=lambda: Committed(GROUP_BUYS))
    lists: Committed[int, SolitaireList] = field(default_factory=Committed)
    letters: Committed[MessageKey, int] = field(default_factory=lambda: Committed(LETTERS))
