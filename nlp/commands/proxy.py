"""代下单, 改单: an order that the leader writes down for somebody."""

import re

from bot.model import Span
from bot.understanding import Command, Directive
from nlp.commands.slots import NAME
from nlp.commands.utterance import Utterance, supposed
from nlp.grammar.rows import read_row
from shop.changes import Change, ChangeKind

_WRITTEN = "代下单|代订|代接龙?|代拍|改单"
_ACT = f"{_WRITTEN}|记上|记一下|登记|记|写上|补上|补|加上|加|下单|下|订|改成|改为|改|减去|减掉|减|去掉|换成"
_ASKED = r"^(?:@?小团 ?)?(?:请|麻烦|再)*"
_PROXY = re.compile(rf"{_ASKED}(?P<first>{_WRITTEN})(?:一下)?[\s:,]*(?:把|给|帮)?{NAME}(?P<rest>.+)$")
_FOR = re.compile(
    rf"{_ASKED}(?P<whose>帮我?给?|给|替|把)?{NAME}(?P<own>的(?:单|订单)?)?"
    rf"(?: ?(?P<first>{_ACT}))?(?P<rest>.+)$"
)
_STRANGER = re.compile(
    rf"{_ASKED}(?P<first>{_WRITTEN})(?:一下)?[\s:,]*(?:把|给|帮)?(?P<name>[^\s:,的]{{1,12}})[\s:,]+(?P<rest>\S.*)$"
)
_FOR_WHOM = re.compile(rf"{_ASKED}代(?:下单|订|拍)")
_TAKES_LESS = re.compile("减|去掉")
_SETS = re.compile("改|换成")


def proxy(said: Utterance) -> Directive | None:
    """An order, or a change of one, for one member."""
    text = said.people.text
    if supposed(text):
        return None
    if NAME not in text:
        return _stranger(said)
    if text.count(NAME) != 1:
        return None
    match = _PROXY.match(text) or _FOR.match(text)
    if match is None or not _meant(match):
        return None
    name = next(slot for slot in said.people.slots if slot and slot.sign == NAME)
    changes = _changes(said, match, said.people.starts[match.start("rest")])
    return _order_for(said, name.name, changes) if changes else None


def _stranger(said: Utterance) -> Directive | None:
    """An order for somebody whom nobody in the room is called: it must not become the leader's own.

    Without members where no name stands there, which the leader is then asked for.
    """
    match = _STRANGER.match(said.text)
    if match is None or any(said.lexicon.mentions(match["name"])):
        nobody = _FOR_WHOM.match(said.text)
        return Directive(command=Command.ORDER_FOR, span=_whole(said)) if nobody else None
    return _order_for(said, match["name"], _changes(said, match, match.start("rest")))


def _order_for(said: Utterance, name: str, changes: tuple[Change, ...]) -> Directive:
    return Directive(command=Command.ORDER_FOR, members=(name,), changes=changes, span=_whole(said))


def _meant(match: re.Match[str]) -> bool:
    """Whether something is to be written down: 给 and 帮 alone are kindness, 阿九的 says whose order."""
    groups = match.groupdict()
    if "whose" not in groups:
        return True
    first = groups["first"] or ""
    if groups["whose"] == "把" or groups["own"]:
        return bool(first or _SETS.search(match["rest"]) or "减" in match["rest"])
    return first.startswith(("代", "改")) or (groups["whose"] is not None and first != "")


def _changes(said: Utterance, match: re.Match[str], start: int) -> tuple[Change, ...]:
    reading = read_row(said.text[start:], said.lexicon, said.situation)
    verb = match["first"] or ""
    sets = _SETS.search(verb) or re.search("改成|改为|换成|改到|改[0-9\ue002\ue004]", match["rest"])
    less = _TAKES_LESS.search(verb) or re.match("[^ ]*减", match["rest"])
    kind = ChangeKind.SET if sets else ChangeKind.SUBTRACT if less else ChangeKind.ADD
    return tuple(
        Change(kind=kind, sku=change.sku, quantity=change.quantity, spans=_spans(said, change, start))
        for change in reading.changes
        if change.quantity
    )


def _spans(said: Utterance, change: Change, offset: int) -> tuple[Span, ...]:
    return tuple(said.original((start + offset, end + offset)) for start, end in change.spans)


def _whole(said: Utterance) -> tuple[int, int]:
    return said.original((0, len(said.text)))
