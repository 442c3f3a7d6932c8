"""What is wanted of what was ordered: only so many, only some of the goods."""

from dataclasses import replace

from nlp.grammar.desk import Desk
from nlp.grammar.token import Token
from nlp.grammar.wishes import Act, Wish


def just_counted(desk: Desk, token: Token) -> bool:
    """搞两袋算了: settles for the count before it."""
    count = desk.pending or (desk.done[-1].quantity if len(desk.done) > desk.fresh else None)
    return count is not None and count.end == token.start


def enough(desk: Desk, token: Token) -> None:
    """两盒就够, 一箱就好: the count before it is all that is wanted; 也行 settles for it."""
    if "够" not in token.text and (token.text[0] != "就" or token.text[1] == "这"):
        return
    last = desk.done[-1] if len(desk.done) > desk.fresh else None
    if desk.pending is not None and desk.pending.end <= token.start:
        desk.enough = token.text
    elif last is not None and last.act is Act.ADD and last.quantity and last.quantity.end == token.start:
        desk.done[-1] = replace(last, enough="" if last.more else token.text)


def only(desk: Desk) -> None:
    """只留草莓: all that was ordered but for the goods named."""
    desk.done.append(
        Wish(
            act=Act.DROP,
            everything=True,
            without=tuple(desk.open),
            spans=tuple(span for goods in desk.open for span in goods.spans),
        )
    )
    desk.open.clear()
    desk.keeping = False
