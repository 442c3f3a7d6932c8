"""售后, 售后3号退款20元: after-sale cases looked at and decided."""

import re

from bot.understanding import Command, Directive
from nlp.commands.utterance import Utterance, supposed
from nlp.quantities import quantities
from shop.aftersale import CaseStatus
from shop.money import Fen

_WHICH = "(?:还|都)?有?(?:哪些|几个|多少|什么)?(?:没|未|待|要)?(?:处理|解决)?(?:完|好)?的?"
_LIST = re.compile(
    rf"(?:看看?|看一?下|查一?下?|查看|列一?下?|列出|现在|今天)*{_WHICH}售后(?:单|列表|清单|记录|申请|情况)?{_WHICH}"
)
_ONE = re.compile(
    r"(?:把|给)?(?:售后单? ?第? ?(?P<after>[0-9]{1,9}) ?号?|第? ?(?P<before>[0-9]{1,9}) ?号的?售后单?)"
    r"[ ,:的]*(?P<what>.*)"
)
_DECISIONS = (
    (CaseStatus.REFUSED, re.compile("不[给予能可]*[退赔补换]|不同意|不受理|不予|拒绝|驳回")),
    (CaseStatus.RESENT, re.compile("补发|重发|补货|补寄|换货|换新|[再重]新?发|[补换]一?[个份盒箱袋包瓶件]")),
    (CaseStatus.REFUNDED, re.compile("[退赔]|同意")),
)
_MONEY = frozenset(("", "元", "块", "块钱", "¥"))


def cases(said: Utterance) -> Directive | None:
    """The list, one case of it, or what becomes of one; the decision stands in `view`."""
    told = said.told.strip(" 。!~")
    if _LIST.fullmatch(told):
        return Directive(command=Command.CASES, span=said.original((0, len(said.text))))
    match = _ONE.fullmatch(told)
    if match is None or supposed(match["what"]):
        return None
    number, what = int(match["after"] or match["before"]), match["what"]
    decision = next((status for status, words in _DECISIONS if words.search(what)), None)
    if what and decision is None:
        return None
    return Directive(
        command=Command.SETTLE if decision else Command.CASES,
        quantity=number,
        view=decision or "",
        price=_amount(what) if decision is CaseStatus.REFUNDED else None,
        text=what,
        span=said.original((0, len(said.text))),
    )


def _amount(what: str) -> Fen | None:
    amounts = [found.value for found in quantities(what) if found.unit in _MONEY]
    return Fen(round(amounts[-1] * 100)) if amounts else None
