"""The order sheet (导出): one row an order, with the columns that leaders know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime, tzinfo
from enum import StrEnum

from shop.book import Book, EventKind, OrderEvent
from shop.catalogue import Catalogue
from shop.dwelling import Dwelling
from shop.fulfilment import Fact, Fulfilment, paid, picked_up
from shop.groupbuy import GroupBuy
from shop.money import Fen
from shop.shortage import refund
from shop.totals import follow_numbers

COLUMNS = (
    "跟团号",
    "下单人",
    "团员备注",
    "支付时间",
    "团长备注",
    "商品",
    "订单金额",
    "退款金额",
    "订单状态",
    "自提点",
    "收货人",
    "联系电话",
    "详细地址",
)


class SheetKind(StrEnum):
    """File formats of a sheet; the value is the suffix."""

    CSV = "csv"
    XLSX = "xlsx"


PICKED_UP, PAID, UNPAID = "已自提", "已支付", "待支付"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One order; the fields stand in the order of COLUMNS, amounts in fen, `paid_at` in the room's zone."""

    number: int
    member: str
    member_note: str
    paid_at: datetime | None
    leader_note: str
    goods: str
    amount: Fen
    refund: Fen
    status: str
    pickup_point: str
    recipient: str
    phone: str = ""
    address: str = ""

    @property
    def cells(self) -> tuple[object, ...]:
        """The values by column."""
        return astuple(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """What the sheet tells of a member; `pickup` is the point chosen, "" for the first one."""

    name: str
    pickup: str = ""


def sheet_rows(
    group_buy: GroupBuy,
    events: Sequence[OrderEvent],
    facts: Sequence[Fulfilment],
    buyers: Mapping[int, Buyer],
    zone: tzinfo,
) -> tuple[SheetRow, ...]:
    """Rows of all standing orders by follow number; their amounts add up to the book's worth.

    Who got nothing of what was ordered stands there too: there is money to be paid back.
    """
    rows = (
        _row(group_buy, [event for event in events if event.member == member], facts, buyers[member], number)
        for member, number in follow_numbers(events).items()
    )
    local = (replace(row, paid_at=row.paid_at and row.paid_at.astimezone(zone)) for row in rows)
    return tuple(row for row in local if row.goods or row.refund)


def _row(
    group_buy: GroupBuy, own: Sequence[OrderEvent], facts: Sequence[Fulfilment], buyer: Buyer, number: int
) -> SheetRow:
    member, points, dwelling = own[0].member, group_buy.pickup_points, Dwelling.of(buyer.name)
    book = Book.of(own)
    order = book.order_of(member)
    return SheetRow(
        number=number,
        member=buyer.name,
        member_note=_notes(event for event in own if event.actor == member),
        paid_at=_paid_at(facts, member),
        leader_note=_notes(event for event in own if event.actor != member),
        goods=_goods(order, group_buy.catalogue),
        amount=book.total(member, group_buy.catalogue),
        refund=_refunded(own, order, group_buy.catalogue),
        status=_status(facts, member),
        pickup_point=buyer.pickup if buyer.pickup in points else next(iter(points), ""),
        recipient=buyer.name,
        address=" ".join(filter(None, (dwelling.building, dwelling.unit, dwelling.room))) if dwelling else "",
    )


def _notes(events: Iterable[OrderEvent]) -> str:
    return ";".join(dict.fromkeys(event.reason for event in events if event.reason))


def _goods(order: Mapping[str, int], catalogue: Catalogue) -> str:
    return ";".join(f"{sku.label} ×{order[sku.code]}" for sku in catalogue if sku.code in order)


def _paid_at(facts: Iterable[Fulfilment], member: int) -> datetime | None:
    facts = tuple(facts)
    times = [fact.time for fact in facts if fact.fact is Fact.PAID and fact.member_id == member]
    return times[-1] if times and member in paid(facts) else None


def _status(facts: Sequence[Fulfilment], member: int) -> str:
    if member in picked_up(facts):
        return PICKED_UP
    return PAID if member in paid(facts) else UNPAID


def _refunded(own: Iterable[OrderEvent], order: Mapping[str, int], catalogue: Catalogue) -> Fen:
    """Fen paid back for what did not come."""
    missing: dict[str, int] = {}
    for event in own:
        if event.kind is EventKind.SHORTAGE:
            missing[event.sku] = missing.get(event.sku, 0) - event.delta
    given = {code: order.get(code, 0) for code in missing}
    return Fen(
        sum(refund(catalogue[code], given[code] + count, given[code]) for code, count in missing.items())
    )
