"""A small market for the tests of the shop: builders, and random days of ordering."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from shop.book import Book, DraftEvent, OrderEvent
from shop.catalogue import Catalogue, PriceTier, Sku
from shop.changes import Change, ChangeKind
from shop.groupbuy import GroupBuy
from shop.money import Fen
from shop.ordering import Decision, decide, undo_last

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)

LYCHEE = Sku(
    code="A",
    name="荔枝",
    spec="5斤装",
    unit="箱",
    price=Fen(3000),
    limit=3,
    tiers=(PriceTier(quantity=2, total=Fen(5000)),),
)
TOFU = Sku(code="B", name="豆腐", unit="盒", price=Fen(450), stock=5)
SOAP = Sku(code="C", name="香皂", unit="块", price=Fen(899))
HONEY = Sku(code="D", name="蜂蜜", unit="瓶", price=Fen(6800), limit=2, stock=4)
TEA = Sku(code="E", name="绿茶", unit="罐", price=Fen(4200), on_sale=False)

MARKET = GroupBuy(
    id=1,
    room="r1",
    title="周三团",
    catalogue=Catalogue(skus=(LYCHEE, TOFU, SOAP, HONEY, TEA)),
    pickup_points=("东门", "西门"),
    number=1,
    opened_at=NOON - timedelta(hours=3),
)


def add(code: str, quantity: int) -> Change:
    return Change(kind=ChangeKind.ADD, sku=code, quantity=quantity)


def set_to(code: str, quantity: int) -> Change:
    return Change(kind=ChangeKind.SET, sku=code, quantity=quantity)


def subtract(code: str, quantity: int) -> Change:
    return Change(kind=ChangeKind.SUBTRACT, sku=code, quantity=quantity)


def drop(code: str) -> Change:
    return Change(kind=ChangeKind.DROP, sku=code)


def swap(code: str, to: str, quantity: int | None = None, to_quantity: int | None = None) -> Change:
    return Change(kind=ChangeKind.SWAP, sku=code, to=to, quantity=quantity, to_quantity=to_quantity)


DROP_ALL = Change(kind=ChangeKind.DROP_ALL)


@dataclass(kw_only=True)
class Day:
    """A group-buy with its growing ledger; every message is a batch of its own."""

    groupbuy: GroupBuy = MARKET
    ledger: tuple[OrderEvent, ...] = ()
    now: datetime = NOON
    messages: int = 0

    @property
    def book(self) -> Book:
        return Book.of(self.ledger)

    def say(self, member: int, *changes: Change, override: bool = False) -> Decision:
        self.messages += 1
        decision = decide(
            self.book,
            self.groupbuy,
            member,
            changes,
            now=self.now,
            actor=member,
            message_id=f"m{self.messages}",
            batch=f"b{self.messages}",
            may_override=override,
        )
        self.write(decision.events)
        return decision

    def undo(self, member: int, *, override: bool = False) -> Decision:
        self.messages += 1
        decision = undo_last(
            self.ledger,
            self.groupbuy,
            member,
            now=self.now,
            actor=member,
            message_id=f"m{self.messages}",
            batch=f"b{self.messages}",
            may_override=override,
        )
        self.write(decision.events)
        return decision

    def write(self, drafts: Sequence[DraftEvent]) -> None:
        start = len(self.ledger) + 1
        self.ledger += tuple(OrderEvent.of(draft, seq) for seq, draft in enumerate(drafts, start=start))

    def order(self, member: int) -> dict[str, int]:
        return dict(self.book.order_of(member))


codes = st.sampled_from(["A", "B", "C", "D", "E", "a", "Z"])
few = st.integers(1, 6)
maybe_few = st.none() | few
changes = st.one_of(
    st.builds(add, codes, few),
    st.builds(set_to, codes, st.integers(0, 6)),
    st.builds(subtract, codes, few),
    st.builds(drop, codes),
    st.builds(swap, codes, codes, maybe_few, maybe_few),
    st.just(DROP_ALL),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message of a random day; no changes stand for 撤销."""

    member: int
    changes: tuple[Change, ...]
    override: bool = False


def messages(*, overrides: bool = False) -> st.SearchStrategy[list[Said]]:
    return st.lists(
        st.builds(
            Said,
            member=st.integers(1, 4),
            changes=st.lists(changes, max_size=4).map(tuple),
            override=st.booleans() if overrides else st.just(value=False),
        ),
        max_size=14,
    )


def play(day: Day, said: Said) -> Decision:
    if said.changes:
        return day.say(said.member, *said.changes, override=said.override)
    return day.undo(said.member, override=said.override)


def played(talk: Sequence[Said]) -> Day:
    day = Day()
    for said in talk:
        play(day, said)
    return day
