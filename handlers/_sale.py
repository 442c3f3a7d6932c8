"""The group-buy that a handler works on."""

from bot.errors import UserError
from bot.routing import Context
from shop.groupbuy import GroupBuy

NONE_OPEN = "现在还没有开团哦,开了会在群里说~"


def running(ctx: Context) -> GroupBuy:
    """The room's latest group-buy, open or closed; UserError when there is none."""
    if ctx.group_buy is None:
        raise UserError("no-group-buy", NONE_OPEN)
    return ctx.group_buy


def pickup_text(group_buy: GroupBuy, chosen: str = "") -> str:
    """Where goods are handed out; "" when that is not known."""
    points = group_buy.pickup_points
    if chosen in points:
        return chosen
    return points[0] if len(points) == 1 else "、".join(points)
