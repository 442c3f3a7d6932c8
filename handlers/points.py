"""积分 and 排行."""

from bot.model import Incoming
from bot.routing import Answer, Context, Router
from bot.understanding import Intent
from handlers._people import answer, names
from handlers._questions import keep_open
from shop.points import Standing, balance, leader_board

router = Router(__name__)

OWN = "你现有{points}分{rank}。"
RANK = "，排第{rank}"
NONE_YET = "你还没有积分哦，发“签到”每天都能领。"
BOARD = "积分排行：{lines}"
BOARD_LINE = "{rank}.{name} {points}分"
EMPTY_BOARD = "还没有人有积分哦，发“签到”就能上榜。"
BOARD_WORDS = ("排行", "排名", "榜", "前几")
SHOWN_RANKS = 10
EVERYBODY = 10**6


@router.on(Intent.POINTS_QUERY, summary="查积分和排行", examples=("我的积分", "积分排行"))
async def points(incoming: Incoming, ctx: Context) -> Answer:
    """Own points with the rank, or the leader board where it is asked for."""
    keep_open(ctx)
    events = await ctx.store.points.of_room(ctx.room.id)
    board = leader_board(events, top=EVERYBODY)
    if any(word in incoming.text for word in BOARD_WORDS):
        return answer(incoming, await _board_text(ctx, board))
    own = balance(events, ctx.sender.id)
    if not own:
        return answer(incoming, NONE_YET)
    rank = next((RANK.format(rank=one.rank) for one in board if one.member == ctx.sender.id), "")
    return answer(incoming, OWN.format(points=own, rank=rank))


async def _board_text(ctx: Context, board: tuple[Standing, ...]) -> str:
    if not board:
        return EMPTY_BOARD
    called = await names(ctx)
    shown = board[:SHOWN_RANKS] + tuple(one for one in board[SHOWN_RANKS:] if one.member == ctx.sender.id)
    lines = (BOARD_LINE.format(rank=one.rank, name=called[one.member], points=one.points) for one in shown)
    return BOARD.format(lines=" ".join(lines))
