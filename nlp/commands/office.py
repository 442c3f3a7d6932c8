"""汇总, 导出, 谁没付, 谁没取, 待确认, 售后, 公告, 帮助, 代下单, 撤销, 积分: the leader's desk."""

import re

from bot.understanding import Command, Directive
from nlp.commands.cases import cases
from nlp.commands.phrases import find
from nlp.commands.slots import NAME
from nlp.commands.utterance import Utterance, supposed

_ASKS_WHO = re.compile("谁|哪|名单|列|几个|多少人|催|查|看|未付|未取|@")
_OWN_SUM = re.compile("(?<![给帮发])我(?![们看瞅])|你")
_ASKS_BUYERS = re.compile("谁都?(?:买|订|拍)[过了](?!什么|啥)|买家")
_OWN_PAYMENT = re.compile("给你|我付|转你|付一下")
_WHOM = "(?:大家|各位|全群|全员|全体|所有人|大伙儿?)"
_POST = "(?:群?公告|通知|通告|广播|喇叭)"
_PUBLISH = "(?:发布|发送|群发|发|出|贴|来|置顶|更新|改)"
_HEARERS = f"(?:{_WHOM}|(?:姐妹|家人|亲|街坊|邻居|同学|朋友|宝子)们)"
_SAYING = f"(?:一下|下|说|更新|改成|改一下|哈|噻|{_WHOM})"
_ANNOUNCING = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        rf"[【\[<]{_POST}[】\]>]\s*(?P<text>.+)",
        rf"(?:帮我|帮忙|麻烦|请|再|重新|给{_WHOM})*{_PUBLISH}?(?:一?[个条则下只])?{_POST}{_SAYING}*[\s:,。]+(?P<text>.+)",
        rf"(?:帮我|帮忙|麻烦|请)*(?:通知|告诉|提醒|喊|叫|跟|和)(?:一下|下)?{_WHOM}(?:(?:[说讲]|通知|告知)(?:一?[声下]|个事)?)?[\s:,]*(?P<text>.+)",
        r"(?:全员|全体|全群|群里)(?:通知|公告)(?:一?[声下])?[\s:,]*(?P<text>.+)",
        r"(?:群发|发群里|置顶|广播|喇叭|公告)(?:一下|噻|哈)*[\s:,]+(?P<text>.+)",
        rf"(?:发|出|发布)(?:一?[个条则])?{_POST}(?:说|叫|:)?(?P<text>\S.+)",
        r"把?(?:这[条个])?(?:发公告|发给大家)[\s:,]+(?P<text>.+)",
        r"(?P<text>.+)[\s,](?:发|出)(?:个|一?条)?(?:公告|通告)",
        rf"(?:跟|和|给|同|对)?{_HEARERS}?(?:通知|告知|说|讲|提醒|强调|播报|注意)(?:一?[下声嘴句]|个事|几句)?{_HEARERS}?[啦了哈噻啊]*:(?P<text>.+)",
    )
)
_TELLING = 2
"""Of the forms above, the one that needs the bot as the one who is told: 提醒大家, 跟大家说."""
_TOLD = re.compile(f"(?:帮我)?通知|[跟和]{_WHOM}(?:[说讲]|通知|告知)(?:一声|一下|个事)")
_QUESTION = ("吗", "?", "么", "没")
_LESS = {"-", "减", "扣"}
_VIEWS = {
    "member": re.compile("按(?:人|人头|下单人|名字)|每个?人|谁都?(?:订|买|拍)|买家"),
    "building": re.compile("[按分每](?:楼|栋|幢|房号|楼栋|楼号|门牌|座)"),
    "pickup": re.compile("[按分每](?:自提点|提货点|取货点|站点|点)"),
}
_DESK = (
    Command.UNPAID,
    Command.NOT_PICKED_UP,
    Command.REVIEW,
    Command.EXPORT,
    Command.SUMMARY,
    Command.HELP,
)


_FAQ, _BACK = "(?:FAQ|问答|常见问题)", "(?:回滚|回退|退回|恢复|撤回)"
_VERSION = r"上一?[版个]|第? ?\d{1,6} ?版?"
_ROLLBACK = re.compile(
    rf"(?:把)?{_FAQ}{_BACK}到? ?(?P<after>{_VERSION})?|{_BACK}(?:一下)? ?{_FAQ} ?到? ?(?P<whole>{_VERSION})?",
    re.IGNORECASE,
)


def office(said: Utterance) -> Directive | None:
    """A command about records, texts and people."""
    return (
        _rolling_back(said)
        or cases(said)
        or _announcing(said)
        or _lists(said)
        or _people(said)
        or _other(said)
    )


def _rolling_back(said: Utterance) -> Directive | None:
    """回滚FAQ, 回滚FAQ到3: the number of the version, or none for the one before."""
    match = _ROLLBACK.fullmatch(said.told.strip(" 。!~"))
    if match is None:
        return None
    number = re.search(r"\d+", match["after"] or match["whole"] or "")
    return Directive(
        command=Command.FAQ_ROLLBACK, quantity=int(number[0]) if number else None, span=_whole(said)
    )


def _announcing(said: Utterance) -> Directive | None:
    for index, pattern in enumerate(_ANNOUNCING):
        match = pattern.fullmatch(told := said.told.strip())
        if match is None or match["text"].rstrip("~。! ").endswith(_QUESTION):
            continue
        if index == _TELLING and not (said.addresses_bot or _TOLD.match(match[0])):
            continue
        start = len(said.text.rstrip()) - len(told) + match.start("text")
        text = match["text"].rstrip()
        words = said.original((start, start + len(text)))
        return Directive(command=Command.ANNOUNCE, text=text.lstrip(), words=words, span=_whole(said))
    found = find(said.goods, "announce")
    if found and not found.rest.strip():
        return Directive(command=Command.ANNOUNCE, span=said.span(said.goods, found))
    return None


def _lists(said: Utterance) -> Directive | None:
    for command in _DESK:
        found = find(said.goods, command.value)
        if found is None or supposed(found.rest) or not _meant(command, found.match[0], found.rest):
            continue
        return Directive(
            command=command,
            skus=said.goods.skus(found.span),
            view=_view(said.text),
            span=said.span(said.goods, found),
        )
    return None


def _meant(command: Command, words: str, rest: str) -> bool:
    if command in {Command.UNPAID, Command.NOT_PICKED_UP}:
        return _ASKS_WHO.search(words) is not None
    if command is Command.SUMMARY:
        if _ASKS_BUYERS.search(words) and rest.strip():
            return False
        return not _OWN_SUM.search(words) and not _OWN_PAYMENT.search(rest)
    return True


def _view(text: str) -> str:
    return next((view for view, pattern in _VIEWS.items() if pattern.search(text)), "")


def _people(said: Utterance) -> Directive | None:
    if NAME not in said.people.text:
        return None
    undone = find(said.people, "undo_for")
    if undone and not supposed(undone.rest):
        names = tuple(slot.name for slot in said.people.of(NAME, undone.span))
        skus = said.people.skus(undone.span)
        return Directive(
            command=Command.UNDO_FOR, members=names, skus=skus, span=said.span(said.people, undone)
        )
    return _points(said)


def _points(said: Utterance) -> Directive | None:
    found = find(said.people, "points")
    if found is None:
        return None
    start, end = found.span
    numbers = [slot for slot in said.people.slots[start:end] if slot and slot.number]
    names = tuple(slot.name for slot in said.people.of(NAME, found.span))
    quantity = round(numbers[-1].number) if numbers else 0
    sign = -1 if found.match["sign"] in _LESS else 1
    return Directive(
        command=Command.POINTS_ADJUST,
        members=names,
        quantity=sign * quantity,
        text=said.told.strip(),
        span=said.span(said.people, found),
    )


def _other(said: Utterance) -> Directive | None:
    found = find(said.people, "other")
    if found is None or supposed(found.rest):
        return None
    return Directive(command=Command.OTHER, text=said.told.strip(), span=said.span(said.people, found))


def _whole(said: Utterance) -> tuple[int, int]:
    return said.original((0, len(said.text)))
