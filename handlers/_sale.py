"""The group-buy that a handler works on."""

import re
from dataclasses import replace

from bot.errors import UserError
from bot.routing import Context
from handlers._lines import goods
from shop.groupbuy import GroupBuy, find_sku

WHICH_OF_THESE = "{goods}有好几种，是哪一种？回编号就行：{codes}"
NONE_OPEN = "现在还没有开团哦，开了会在群里说~"


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


def which_spec(ctx: Context, group_buy: GroupBuy) -> str:
    """A question back when a command names goods of several specs by their name alone, else "".

    The answer completes the command.
    """
    skus = [find_sku(group_buy, code) for code in ctx.directive.skus]
    names = {sku.name for sku in skus}
    if len(skus) <= 1 or len(names) > 1 or all(_written(sku.code, ctx) for sku in skus):
        return ""
    codes = "、".join(f"{sku.code} {goods(sku)}" for sku in skus)
    ctx.aside.confirming = replace(ctx.directive, choosing=True)
    return WHICH_OF_THESE.format(goods=skus[0].name, codes=codes)


def _written(code: str, ctx: Context) -> bool:
    """Whether the message has the code standing by itself: the 1 of 12.9 is none."""
    pattern = rf"(?<![0-9.]){re.escape(code)}(?![0-9.])"
    return re.search(pattern, ctx.understanding.text, re.IGNORECASE) is not None
