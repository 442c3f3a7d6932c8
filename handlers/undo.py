"""撤销: takes back the last thing that the member's words booked."""

from bot.model import Incoming
from bot.routing import Answer, Context, Router
from bot.understanding import Command
from handlers._booked import booked_text, promoted, whole_text
from handlers._desk import Desk
from handlers._people import answer
from handlers._refusals import keep_refused, refusal_text
from handlers._sale import running

router = Router(__name__)

UNDONE = "撤销啦。"


@router.on(Command.UNDO, summary="撤销刚才那一单", examples=("撤销",))
async def undo(incoming: Incoming, ctx: Context) -> Answer:
    """Undo is an event too; freed units go to the waiting list."""
    group_buy = running(ctx)
    desk = Desk(incoming, ctx, group_buy)
    decision = await desk.undo_for(ctx.sender.id)
    granted = await desk.close()
    await keep_refused(incoming, ctx, decision.refusals)
    if decision.refusals:
        whole = whole_text(desk.book, ctx.sender.id, group_buy.catalogue)
        return answer(incoming, refusal_text(decision.refusals, group_buy.catalogue), whole)
    said = booked_text(decision.events, desk.book, ctx.sender.id, group_buy.catalogue)
    return (answer(incoming, UNDONE + said), *await promoted(ctx, granted, group_buy))
