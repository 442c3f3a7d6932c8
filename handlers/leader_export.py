"""导出: the order sheet as a file, for the leader's eyes only."""

from zoneinfo import ZoneInfo

from bot.model import Incoming, Reply, Role
from bot.routing import Answer, Context, Router
from bot.understanding import Command
from handlers._audit import record
from handlers._people import answer
from handlers._sale import running
from handlers._totals import check_text, pickup_of
from shop.money import format_yuan
from shop.sheet import Buyer, SheetKind, sheet_rows
from shop.totals import check_sum

router = Router(__name__)

NOTHING = "还没有人下单，没有可以导出的。"
EXPORTED = "订单表好啦，{count}单，合计{total}。"
NAME = "{title} 第{number}团 {time}"
XLSX_WORDS = ("xlsx", "excel", "表格")


@router.on(Command.EXPORT, role=Role.LEADER, summary="导出订单表", examples=("导出", "导出excel"))
async def export(incoming: Incoming, ctx: Context) -> Answer:
    """Write the sheet and hand it over in private, with the check that it adds up."""
    group_buy = running(ctx)
    zone = ZoneInfo(ctx.room.timezone)
    everybody = await ctx.store.members.of_room(ctx.room.id)
    rows = sheet_rows(
        group_buy,
        await ctx.store.ledger.events(group_buy.id),
        await ctx.store.fulfilments.of(group_buy.id),
        {member.id: Buyer(name=member.name, pickup=member.pickup) for member in everybody},
        zone,
    )
    if not rows:
        return answer(incoming, NOTHING)
    name = NAME.format(
        title=group_buy.title, number=group_buy.number, time=f"{ctx.now.astimezone(zone):%m-%d %H%M}"
    )
    file = await ctx.store.exports.orders(name, rows, _kind(incoming))
    await record(incoming, ctx, "export", file.name)
    sums = check_sum(ctx.book, group_buy.catalogue, group_buy.pickup_points, await pickup_of(ctx))
    total = format_yuan(sum(row.amount for row in rows))
    text = f"{EXPORTED.format(count=len(rows), total=total)}\n{check_text(sums)}"
    return Reply(text=text, to=incoming.sender_name, private=True, attachments=(file,))


def _kind(incoming: Incoming) -> SheetKind:
    return SheetKind.XLSX if any(word in incoming.text.lower() for word in XLSX_WORDS) else SheetKind.CSV
