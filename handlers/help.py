"""帮助, made of the routes that the asker may use."""

from collections.abc import Iterable

from bot.model import Incoming, Role
from bot.routing import Answer, Context, Route, Router
from bot.understanding import Command
from handlers._people import answer

router = Router(__name__)

FOR_MEMBERS = "我是小团，平常说话就能用我："
FOR_LEADERS = "团长还可以："
LINE = "· {summary}，如：{examples}"
BARE_LINE = "· {summary}"
OTHER = "这个我还不会呢。发“帮助”看看我会什么~"
SHOWN_EXAMPLES = 2


@router.on(Command.HELP, summary="看我会什么", examples=("帮助",))
async def show(incoming: Incoming, ctx: Context) -> Answer:
    """Usage of every route, those of leaders for leaders."""
    usable = list(ctx.routes.usable_by(ctx.role))
    members = [route for route in usable if route.role <= Role.MEMBER]
    leaders = [route for route in usable if route.role > Role.MEMBER]
    lines = [FOR_MEMBERS, *_lines(members)]
    if leaders:
        lines += [FOR_LEADERS, *_lines(leaders)]
    return answer(incoming, *lines)


@router.on(Command.OTHER, role=Role.HELPER)
async def other(incoming: Incoming, _ctx: Context) -> Answer:
    """A command that is none of ours."""
    return answer(incoming, OTHER)


def _lines(routes: Iterable[Route]) -> Iterable[str]:
    return (_line(route) for route in routes)


def _line(route: Route) -> str:
    if route.usage is None:
        return ""
    examples = " / ".join(route.usage.examples[:SHOWN_EXAMPLES])
    text = LINE if examples else BARE_LINE
    return text.format(summary=route.usage.summary, examples=examples)
