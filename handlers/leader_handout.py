"""到货, 已付, 已取: what became of the orders, as the leader tells it."""

from collections.abc import Sequence

from bot.model import Incoming, Member, Reply, Role
from bot.routing import Answer, Context, Router
from bot.understanding import Command
from handlers._audit import record
from handlers._lines import goods_of
from handlers._people import answer, found, listed, names
from handlers._sale import pickup_text, running
from shop.fulfilment import Fact, Fulfilment, paid, picked_up
from shop.groupbuy import GroupBuy, find_sku
from shop.money import format_yuan
from shop.points import PointsEvent, PointsKind, PointsRules, earned

router = Router(__name__)

RULES = PointsRules()
ARRIVED_ALL = "到货啦！{people}{place}取货~"
ARRIVED_SOME = "{goods}到货啦！{people}{place}取货~"
PLACE = " 请到{points}"
NO_PLACE = " 请来"
NOBODY_BOUGHT = "到货记下了，不过这些没有人订，就不通知啦。"
WHO_PAID = "是谁付了？比如：王姐已付"
WHO_PICKED_UP = "是谁取走了？比如：王姐已取"
PAID = "收到，{people}已付。"
PICKED_UP = "收到，{people}已取。"
STILL_UNPAID = "还有{count}人没付。"
ALL_PAID = "全部付清啦！"
STILL_HERE = "还有{count}人没取。"
ALL_PICKED_UP = "全部取完啦！"
WITH_AMOUNT = "{name}({amount})"
NO_ORDER = "{people}这次没有订单，没记。"
UNKNOWN = "没找到{people}，名字再核对一下哈。"
EARNED = "第{number}团"
EVERYTHING = ""


@router.on(
    Command.ARRIVED,
    role=Role.HELPER,
    summary="到货：只通知买了的人",
    examples=("到货了", "苹果到货"),
)
async def arrived(incoming: Incoming, ctx: Context) -> Answer:
    """Note what has come and call those who bought of it."""
    group_buy = running(ctx)
    codes = ctx.directive.skus
    for code in codes:
        find_sku(group_buy, code)
    await ctx.store.fulfilments.append(
        group_buy.id, [_fact(incoming, ctx, Fact.ARRIVED, sku=code) for code in codes or (EVERYTHING,)]
    )
    await record(incoming, ctx, "arrived", goods_of(codes, group_buy.catalogue))
    facts = await ctx.store.fulfilments.of(group_buy.id)
    buyers = [member for member in _buyers(ctx, codes) if member not in picked_up(facts)]
    if not buyers:
        return answer(incoming, NOBODY_BOUGHT)
    return Reply(text=await _call(ctx, group_buy, buyers))


def _buyers(ctx: Context, codes: Sequence[str]) -> list[int]:
    wanted = frozenset(codes)
    return [member for member, order in ctx.book.orders.items() if not wanted or wanted & set(order)]


async def _call(ctx: Context, group_buy: GroupBuy, buyers: Sequence[int]) -> str:
    called = await names(ctx)
    people = " ".join(f"@{called[member]}" for member in buyers)
    points = pickup_text(group_buy)
    place = PLACE.format(points=points) if points else NO_PLACE
    text = ARRIVED_SOME if ctx.directive.skus else ARRIVED_ALL
    named = goods_of(ctx.directive.skus, group_buy.catalogue)
    return text.format(goods=named, people=people, place=place)


@router.on(Command.PAID, role=Role.HELPER, summary="登记已付", examples=("王姐已付", "王姐和李哥都付了"))
async def note_paid(incoming: Incoming, ctx: Context) -> Answer:
    """Note who paid; points come with the first payment."""
    group_buy = running(ctx)
    if not ctx.directive.members:
        return answer(incoming, WHO_PAID)
    buyers, rest = await _buyers_named(ctx)
    before = paid(await ctx.store.fulfilments.of(group_buy.id))
    await _note(incoming, ctx, group_buy, Fact.PAID, buyers)
    await _give_points(incoming, ctx, group_buy, [one for one in buyers if one.id not in before])
    missing = set(ctx.book.members) - before - {one.id for one in buyers}
    people = listed(_with_amount(ctx, group_buy, one) for one in buyers)
    said = PAID.format(people=people) + _left(missing, STILL_UNPAID, ALL_PAID) if buyers else ""
    return answer(incoming, said, *rest)


@router.on(Command.PICKED_UP, role=Role.HELPER, summary="登记已取", examples=("王姐已取",))
async def note_picked_up(incoming: Incoming, ctx: Context) -> Answer:
    """Note whose goods were handed out."""
    group_buy = running(ctx)
    if not ctx.directive.members:
        return answer(incoming, WHO_PICKED_UP)
    buyers, rest = await _buyers_named(ctx)
    before = picked_up(await ctx.store.fulfilments.of(group_buy.id))
    await _note(incoming, ctx, group_buy, Fact.PICKED_UP, buyers)
    missing = set(ctx.book.members) - before - {one.id for one in buyers}
    people = listed(one.name for one in buyers)
    said = PICKED_UP.format(people=people) + _left(missing, STILL_HERE, ALL_PICKED_UP) if buyers else ""
    return answer(incoming, said, *rest)


async def _buyers_named(ctx: Context) -> tuple[list[Member], list[str]]:
    """Those named who have an order, and what is to be said of the others."""
    members, unknown = await found(ctx, ctx.directive.members)
    buyers = [one for one in members if ctx.book.order_of(one.id)]
    without = [one.name for one in members if one not in buyers]
    rest = [NO_ORDER.format(people=listed(without))] if without else []
    return buyers, rest + ([UNKNOWN.format(people=listed(unknown))] if unknown else [])


async def _note(
    incoming: Incoming, ctx: Context, group_buy: GroupBuy, fact: Fact, members: Sequence[Member]
) -> None:
    facts = [_fact(incoming, ctx, fact, member=one.id) for one in members]
    await ctx.store.fulfilments.append(group_buy.id, facts)
    if members:
        await record(incoming, ctx, fact.value, "、".join(one.name for one in members))


def _fact(
    incoming: Incoming, ctx: Context, fact: Fact, *, member: int | None = None, sku: str = EVERYTHING
) -> Fulfilment:
    return Fulfilment(
        fact=fact, member_id=member, sku=sku, actor_id=ctx.sender.id, message_id=incoming.id, time=ctx.now
    )


async def _give_points(
    incoming: Incoming, ctx: Context, group_buy: GroupBuy, payers: Sequence[Member]
) -> None:
    """An order earns once, however often it is noted as paid and unpaid."""
    reason = EARNED.format(number=group_buy.number)
    events = await ctx.store.points.of_room(ctx.room.id) if payers else ()
    given = {one.member for one in events if one.kind is PointsKind.EARN and one.reason == reason}
    points = {one.id: earned(ctx.book.total(one.id, group_buy.catalogue), RULES) for one in payers}
    await ctx.store.points.append(
        ctx.room.id,
        [
            _earned(incoming, ctx, member, gain, reason)
            for member, gain in points.items()
            if gain and member not in given
        ],
    )


def _earned(incoming: Incoming, ctx: Context, member: int, gain: int, reason: str) -> PointsEvent:
    return PointsEvent(
        member=member,
        delta=gain,
        kind=PointsKind.EARN,
        time=ctx.now,
        actor=ctx.sender.id,
        message_id=incoming.id,
        reason=reason,
    )


def _with_amount(ctx: Context, group_buy: GroupBuy, member: Member) -> str:
    amount = format_yuan(ctx.book.total(member.id, group_buy.catalogue))
    return WITH_AMOUNT.format(name=member.name, amount=amount)


def _left(missing: set[int], some: str, none: str) -> str:
    return some.format(count=len(missing)) if missing else none
