"""The orders of a group-buy as the console shows them. Pure: values in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.model import Member
from shop.book import Book, OrderEvent
from shop.catalogue import Catalogue, Sku
from shop.fulfilment import Fulfilment, paid, picked_up
from shop.groupbuy import GroupBuy, Phase
from shop.money import format_yuan
from shop.totals import (
    CheckSum,
    MemberTotal,
    PlaceTotal,
    SkuTotal,
    check_sum,
    follow_numbers,
    totals_by_building,
    totals_by_member,
    totals_by_pickup_point,
    totals_by_sku,
)

PHASES = {Phase.OPEN: "接单中", Phase.CLOSED: "已截单", Phase.CANCELLED: "已取消"}
NO_PLACE = "没写楼栋"


@dataclass(frozen=True, slots=True, kw_only=True)
class SkuRow:
    """A line of the list by goods; `left` is empty where stock is not limited, `share` is sold/stock."""

    goods: str
    unit: str
    quantity: int
    buyers: int
    amount: str
    left: str
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """A line of the list by member."""

    number: int
    name: str
    lines: str
    amount: str
    paid: bool
    picked_up: bool
    pickup: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A building or pickup point: what goes there and for whom, as one copies it."""

    place: str
    amount: str
    lines: str
    people: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersView:
    """Everything of the page 订单."""

    title: str
    number: int
    phase: str
    open: bool
    cutoff: str
    total: str
    buyers: int
    units: int
    check: CheckSum
    skus: Sequence[SkuRow]
    members: Sequence[MemberRow]
    buildings: Sequence[PlaceRow]
    points: Sequence[PlaceRow]


def orders_view(
    group_buy: GroupBuy,
    events: Sequence[OrderEvent],
    facts: Iterable[Fulfilment],
    everybody: Iterable[Member],
    *,
    timezone: str,
    now: datetime,
) -> OrdersView:
    """Put the page together; `events` are the whole ledger of the group-buy."""
    book = Book.of(events)
    catalogue = group_buy.catalogue
    people = {member.id: member for member in everybody}
    names = {key: member.name for key, member in people.items()}
    chosen = {key: member.pickup for key, member in people.items()}
    check = check_sum(book, catalogue, group_buy.pickup_points, chosen)
    by_point = totals_by_pickup_point(book, catalogue, group_buy.pickup_points, chosen)
    return OrdersView(
        title=group_buy.title,
        number=group_buy.number,
        phase=_phase(group_buy, now),
        open=group_buy.accepts_orders(now),
        cutoff=_clock(group_buy.cutoff, timezone),
        total=format_yuan(check.by_sku),
        buyers=len(book.members),
        units=sum(book.sold(sku.code) for sku in catalogue),
        check=check,
        skus=[_sku_row(total) for total in totals_by_sku(book, catalogue)],
        members=_member_rows(totals_by_member(book, catalogue), catalogue, people, events, list(facts)),
        buildings=[_place_row(one, catalogue, names) for one in totals_by_building(book, catalogue, names)],
        points=[_place_row(one, catalogue, names) for one in by_point],
    )


def _phase(group_buy: GroupBuy, now: datetime) -> str:
    return "到点了，待截单" if group_buy.due(now) else PHASES[group_buy.phase]


def _clock(time: datetime | None, timezone: str) -> str:
    return f"{time.astimezone(ZoneInfo(timezone)):%m月%d日 %H:%M}" if time else ""


def _sku_row(total: SkuTotal) -> SkuRow:
    stock = total.sku.stock
    return SkuRow(
        goods=total.sku.label,
        unit=total.sku.unit,
        quantity=total.quantity,
        buyers=total.buyers,
        amount=format_yuan(total.amount),
        left="" if stock is None else str(stock - total.quantity),
        share=None if not stock else min(1.0, total.quantity / stock),
    )


def _member_rows(
    totals: Iterable[MemberTotal],
    catalogue: Catalogue,
    people: Mapping[int, Member],
    events: Sequence[OrderEvent],
    facts: Sequence[Fulfilment],
) -> list[MemberRow]:
    numbers, has_paid, has_goods = follow_numbers(events), paid(facts), picked_up(facts)
    rows = [
        MemberRow(
            number=numbers[total.member],
            name=people[total.member].name,
            lines=_lines(total.order, catalogue),
            amount=format_yuan(total.amount),
            paid=total.member in has_paid,
            picked_up=total.member in has_goods,
            pickup=people[total.member].pickup,
        )
        for total in totals
    ]
    return sorted(rows, key=lambda row: row.number)


def _place_row(total: PlaceTotal, catalogue: Catalogue, names: Mapping[int, str]) -> PlaceRow:
    return PlaceRow(
        place=total.place or NO_PLACE,
        amount=format_yuan(total.amount),
        lines=_lines(total.quantities, catalogue),
        people=[(names[one.member], _lines(one.order, catalogue)) for one in total.members],
    )


def _lines(order: Mapping[str, int], catalogue: Catalogue) -> str:
    return "、".join(f"{_goods(sku)} ×{order[sku.code]}" for sku in catalogue if order.get(sku.code))


def _goods(sku: Sku) -> str:
    return f"{sku.name}{sku.spec}"
