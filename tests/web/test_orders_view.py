"""The page 订单 as values."""

from datetime import UTC, datetime, timedelta

from bot.model import Member
from bot.web.orders_view import NO_PLACE, OrdersView, orders_view
from shop.book import EventKind, OrderEvent
from shop.catalogue import Catalogue, Sku
from shop.fulfilment import Fact, Fulfilment
from shop.groupbuy import GroupBuy, Phase
from shop.money import Fen

NOON = datetime(2026, 3, 4, 4, tzinfo=UTC)
PEARS = Sku(code="P", name="雪梨", spec="大箱", unit="箱", price=Fen(5000), stock=4)
TEA = Sku(code="T", name="花茶", unit="罐", price=Fen(1250))
WANG = Member(id=1, room_id=1, name="3栋王姐", account_id="a", pickup="东门")
LIN = Member(id=2, room_id=1, name="小林")


def event(seq: int, member: int, sku: str, delta: int) -> OrderEvent:
    return OrderEvent(
        seq=seq,
        member=member,
        sku=sku,
        delta=delta,
        kind=EventKind.ADD,
        actor=member,
        message_id=f"m{seq}",
        batch=f"b{seq}",
        time=NOON,
    )


def view(*events: OrderEvent, facts: tuple[Fulfilment, ...] = (), phase: Phase = Phase.OPEN) -> OrdersView:
    group_buy = GroupBuy(
        id=1,
        room="r",
        title="周三团",
        catalogue=Catalogue(skus=(PEARS, TEA)),
        phase=phase,
        cutoff=NOON + timedelta(hours=8),
        pickup_points=("门厅", "东门"),
        number=3,
        opened_at=NOON,
    )
    return orders_view(group_buy, events, facts, (WANG, LIN), timezone="Asia/Shanghai", now=NOON)


def test_sums_by_goods_with_what_is_left() -> None:
    shown = view(event(1, 2, "T", 2), event(2, 1, "P", 3), event(3, 2, "P", 1))
    pears, tea = shown.skus
    assert (pears.goods, pears.quantity, pears.buyers, pears.amount) == ("雪梨 大箱", 4, 2, "200元")
    assert (pears.left, pears.share) == ("0", 1.0)
    assert (tea.left, tea.share) == ("", None)
    assert (shown.total, shown.buyers, shown.units, shown.check.holds) == ("225元", 2, 6, True)


def test_members_stand_by_their_follow_number_even_after_a_new_start() -> None:
    rows = view(event(1, 2, "T", 1), event(2, 1, "T", 1), event(3, 2, "T", -1), event(4, 2, "P", 1)).members
    assert [(row.number, row.name, row.lines) for row in rows] == [
        (1, "小林", "雪梨大箱 ×1"),
        (2, "3栋王姐", "花茶 ×1"),
    ]


def test_paid_and_picked_up() -> None:
    facts = [
        Fulfilment(fact=fact, member_id=member, actor_id=9, message_id="m", time=NOON)
        for fact, member in ((Fact.PAID, 1), (Fact.PAID, 2), (Fact.UNPAID, 2), (Fact.PICKED_UP, 1))
    ]
    wang, lin = view(event(1, 1, "T", 1), event(2, 2, "T", 1), facts=tuple(facts)).members
    assert (wang.paid, wang.picked_up, lin.paid, lin.picked_up) == (True, True, False, False)


def test_places() -> None:
    shown = view(event(1, 2, "T", 2), event(2, 1, "P", 1))
    assert [place.place for place in shown.buildings] == ["3栋", NO_PLACE]
    assert [(place.place, place.people) for place in shown.points] == [
        ("门厅", [("小林", "花茶 ×2")]),
        ("东门", [("3栋王姐", "雪梨大箱 ×1")]),
    ]


def test_phase_and_cutoff_in_the_zone_of_the_room() -> None:
    assert (view().phase, view().open, view().cutoff) == ("接单中", True, "03月04日 20:00")
    closed = view(phase=Phase.CLOSED)
    assert (closed.phase, closed.open) == ("已截单", False)
