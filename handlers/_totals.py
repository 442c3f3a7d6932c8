"""Sums of the order book in words, with the check that they agree."""

from collections.abc import Collection, Iterable, Mapping

from bot.routing import Context
from handlers._lines import goods, order_text
from shop.book import Book
from shop.groupbuy import GroupBuy
from shop.money import format_yuan
from shop.totals import (
    CheckSum,
    PlaceTotal,
    check_sum,
    totals_by_building,
    totals_by_member,
    totals_by_pickup_point,
    totals_by_sku,
)

OVERVIEW = "共{members}人下单，合计{total}。"
NO_ORDERS = "还没有人下单。"
SKU_LINE = "{goods} ×{units}({buyers}人，{amount})"
MEMBER_LINE = "{number}. {name}：{lines}({amount})"
BUYER_LINE = "{number}. {name}：{lines}"
PLACE_LINE = "{place}({count}人，{amount})：{lines}"
PLACE_MEMBER = "  {name}：{lines}"
NO_BUILDING = "没写楼栋"
NO_POINT = "未定自提点"
CHECK = "核对：按人{by_member}=按商品{by_sku}=按自提点{by_point} ✓"
CHECK_FAILS = "核对不上，请先别按这个发货！按人{by_member}，按商品{by_sku}，按自提点{by_point}"


async def pickup_of(ctx: Context) -> Mapping[int, str]:
    """The pickup point that each member chose."""
    return {member.id: member.pickup for member in await ctx.store.members.of_room(ctx.room.id)}


async def overview_text(ctx: Context, group_buy: GroupBuy) -> str:
    """How many ordered and for how much."""
    if not ctx.book.members:
        return NO_ORDERS
    sums = check_sum(ctx.book, group_buy.catalogue, group_buy.pickup_points, await pickup_of(ctx))
    return OVERVIEW.format(members=len(ctx.book.members), total=format_yuan(sums.by_member))


def check_text(sums: CheckSum) -> str:
    """The three sums side by side."""
    return (CHECK if sums.holds else CHECK_FAILS).format(
        by_member=format_yuan(sums.by_member),
        by_sku=format_yuan(sums.by_sku),
        by_point=format_yuan(sums.by_pickup_point),
    )


def by_sku(group_buy: GroupBuy, book: Book, codes: Collection[str] = ()) -> list[str]:
    """One line for each SKU that was ordered; only those of `codes` where some are given."""
    return [
        SKU_LINE.format(
            goods=goods(total.sku),
            units=total.quantity,
            buyers=total.buyers,
            amount=format_yuan(total.amount),
        )
        for total in totals_by_sku(book, group_buy.catalogue)
        if not codes or total.sku.code in codes
    ]


def by_member(group_buy: GroupBuy, book: Book, names: Mapping[int, str]) -> list[str]:
    """One line for each member with an order."""
    return [
        MEMBER_LINE.format(
            number=number,
            name=names[total.member],
            lines=order_text(total.order, group_buy.catalogue),
            amount=format_yuan(total.amount),
        )
        for number, total in enumerate(totals_by_member(book, group_buy.catalogue), 1)
    ]


def buyers(group_buy: GroupBuy, book: Book, names: Mapping[int, str], codes: Collection[str]) -> list[str]:
    """One line for each member who ordered something of `codes`, with what of it."""
    orders = [
        (total.member, {code: units for code, units in total.order.items() if code in codes})
        for total in totals_by_member(book, group_buy.catalogue)
    ]
    bought = [(names[member], order) for member, order in orders if order]
    return [
        BUYER_LINE.format(number=number, name=name, lines=order_text(order, group_buy.catalogue))
        for number, (name, order) in enumerate(bought, 1)
    ]


def by_building(group_buy: GroupBuy, book: Book, names: Mapping[int, str]) -> list[str]:
    """Each building with its members."""
    totals = totals_by_building(book, group_buy.catalogue, names)
    return _places(totals, group_buy, names, NO_BUILDING)


def by_pickup_point(
    group_buy: GroupBuy, book: Book, names: Mapping[int, str], chosen: Mapping[int, str]
) -> list[str]:
    """Each pickup point with its members."""
    totals = totals_by_pickup_point(book, group_buy.catalogue, group_buy.pickup_points, chosen)
    return _places(totals, group_buy, names, NO_POINT)


def _places(
    totals: Iterable[PlaceTotal], group_buy: GroupBuy, names: Mapping[int, str], nowhere: str
) -> list[str]:
    lines = []
    for total in totals:
        lines.append(
            PLACE_LINE.format(
                place=total.place or nowhere,
                count=len(total.members),
                amount=format_yuan(total.amount),
                lines=order_text(total.quantities, group_buy.catalogue),
            )
        )
        lines += [
            PLACE_MEMBER.format(name=names[one.member], lines=order_text(one.order, group_buy.catalogue))
            for one in total.members
        ]
    return lines
