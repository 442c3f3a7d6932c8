"""开团, 复制, 截单, 重开, 取消, 定时, 催单: the life of a group-buy."""

import re

from bot.understanding import Command, Directive
from nlp.commands.phrases import Found, bag, find, find_all, phrase
from nlp.commands.utterance import Utterance, supposed

_WHOSE = (
    "(?:(?:我们)?(?:今天|今日|今晚|今朝|本次|这次|这期|本期|此|本|这个|这|该|我们|周.|<goods>|<time>)的?)"
)
_TAKING = "(?:接龙|接单|下单|订单|团购|收单|团)"
_STRONG_CLOSE = tuple(
    map(
        phrase,
        (
            rf"(?:{_WHOSE}* ?[^\s?]{{0,4}}?{_TAKING}?的? ?)?(?:截单|截团|停单|收单|封单|锁单|关单|关团|收团|停团|截龙)(?: ?{_TAKING}| 不能再改)?",
            r"(?:单 ?)?截(?:了|啦|咗|哈|吧|止|单)?",
            rf"{_WHOSE}* ?(?:停止|关闭|结束|截止|停)(?:这个)?{_TAKING}",
            rf"{_WHOSE}* ?{_TAKING} ?(?:现在|先|到此|正式)*(?:结束|截止|关闭|关了|关掉|停了|截了|到此为止)",
            r"(?:后面的?|从现在起|现在开始|再|后面再)*不(?:再)?(?:接|收)(?:单|龙)?(?:了|啦|咯|喽)",
            rf"(?:到|过)?<time>(?:了|啦|到了)? ?(?:截单|截了|停单)",
            rf"{_WHOSE}*(?:团)?(?:单|团)(?:我)?(?:截|关)(?:了|掉|啦)",
        ),
    )
)
_WEAK_CLOSE = tuple(
    map(
        phrase,
        (
            r"(?:接龙|今天|单)?(?:就|先|就先)?(?:收|接|截|写|做|卖)?到(?:这|这儿|这里|此|格搭|呢度|此为止|这为止)(?:为止)?",
            r"收(?:工|摊|了|啦|单了)|打烊|下班|到此为止",
            r"(?:卖|售)(?:完|罄|光)",
            r"(?:后面的?)?(?:没|冇)(?:接|赶上|下单)的?(?:等|下)[^\s?]{0,6}",
        ),
    )
)
_OPENED = (
    "开团|开个团|开一个团|开新团|开个新团|新开一个团|开起来|建团|建个团|建一个团|团开了|发起接龙|发起团购|创建团购|"
    "(?:可以)?开始(?:接龙|接单|下单|预订|登记|收单)|可以(?:下单|接龙|登记|接单)|开接|上车啦?"
)
_NOT_NOW = "明|下周|后天|昨|上次|上回|没|不|几|什么|哪|谁|想|要不|以后|打算|准备|等|过|吗|每|次|前|后|时|第一天|容易|少|多"
_OPENING = tuple(
    map(
        phrase,
        (
            rf"(?:(?![^\s]*(?:{_NOT_NOW})[^\s]*开)[^\s?]{{0,10}}?)(?:开团|开团购)(?:啦|了|咯|喽|开团)*(?: ?开团(?:啦|了)?)*",
            rf"{_WHOSE}*(?:团|新团|的团)? ?(?:现在)?(?:{_OPENED})",
            rf"(?:开)[^\s?]{{1,3}}团(?:啦|了)",
            r"(?:今天的?|这个)?团(?:打开|开起来|开一下|开了|开始)",
        ),
    )
)
_REOPENING = tuple(
    map(
        phrase,
        (
            r"(?:重新|再)(?:开团|开单|打开|开放|接单|开一下团?|打开接单|开)(?:<time>|[^\s?]{0,6}分钟|半小时|[^\s?]{0,3}小时|<number>分钟)?",
            r"重开(?:一下团|一下|下|团)?(?:[^\s?]{0,4}(?:分钟|小时))?",
            r"(?:恢复|继续)(?:接单|接龙|下单|收单)",
            r"把?团打开|打开(?:下单|接单)",
        ),
    )
)
_COPYING = tuple(
    map(
        phrase,
        (
            r"(?:复制|照着?|按照?|跟|同|用)(?:上|昨|前)[^\s?]{0,4}(?:团|那个|那期|那次|的|天)(?:的)?(?:团|货)?(?: ?(?:一样)?的?货?)?(?: ?(?:再)?(?:开|来)(?:一?个?团|一[个期次团场]|新?团|个)?)?",
            r"(?:同样|一样)的团(?:再)?开[^\s?]{0,3}",
            r"(?:复制)(?:团购|上一?团|上期|上次团?)",
            r"再?(?:把)?上次的团(?:重新)?开一[遍次个]",
        ),
    )
)
_SCHEDULING = tuple(
    map(
        phrase,
        (
            r"定时(?:在)?<time>(?:自动)?截单",
            r"定时截单 ?<time>",
            r"(?:到)?<time>(?:给我)?(?:自动|定时)(?:截单|截|停单)",
            r"(?:设置|设定|设|定)(?:在|为)?<time>(?:自动)?截单",
            r"截单(?:时间)?(?:改到|改成|改为|改|设为|设成|设到|定在|定到|推迟到|延到|延迟到|延长到|延后到|提前到|调到)<time>",
            r"<time>截单 (?:定好|设好|设一下|记一下)",
        ),
    )
)
_CANCELLING = tuple(
    map(
        phrase,
        (
            r"(?:取消|解散|删除|删掉|作废)(?:本|这个|这次|今天的?|今日|该|整个|这)*(?:次|期)?(?:的)?团购?",
            r"(?:本|这个|这次|今天的?|该)*团购?(?:取消|作废|不开了)",
            r"清空(?:所有|本团|全部|一?下|今天的?)*(?:的)?(?:订单|接龙|单子|单)?",
        ),
    )
)
_REMINDING = tuple(
    map(
        phrase,
        (
            bag(
                "催单|催一下单|催下单|催催单|催一催|提醒(?:一下)?(?:大家|没下单的|没接龙的)*(?:下单|接龙|快截了|要截了)",
                "一下|大家|没下单的|快截了|还有[^\\s]{1,5}分钟(?:就)?截单?|小团|帮我",
            ),
        ),
    )
)
_FAR = re.compile("昨|上次|上回|每次|明天|几点|还没|快截单|要截单|准备截单")


def sale(said: Utterance) -> Directive | None:
    """A command about the group-buy as a whole."""
    return _life(said) or _close(said) or _open(said)


def _life(said: Utterance) -> Directive | None:
    scheduled = find(said.goods, _SCHEDULING)
    if scheduled:
        times = said.goods.of("\ue005", scheduled.span)
        return _directive(said, Command.SCHEDULE_CUTOFF, scheduled, time=times[0].time if times else None)
    for command, patterns in (
        (Command.COPY_LAST, _COPYING),
        (Command.CANCEL_GROUP_BUY, _CANCELLING),
        (Command.REMIND, _REMINDING),
    ):
        found = find(said.goods, patterns)
        if found and not supposed(found.rest):
            return _directive(said, command, found)
    return None


def _close(said: Utterance) -> Directive | None:
    found = find(said.goods, _STRONG_CLOSE)
    if found is None:
        weak = list(find_all(said.goods, _WEAK_CLOSE))
        covered = sum(end - start for one in weak for start, end in [one.span])
        found = weak[0] if weak and (len(weak) > 1 or _telling(weak[0], covered, said)) else None
    if found is None or supposed(found.rest):
        return None
    return _directive(said, Command.CLOSE, found)


def _telling(weak: Found, covered: int, said: Utterance) -> bool:
    """Whether a vague goodbye is said of the group-buy."""
    return "到此为止" in weak.match[0] and covered >= len(said.goods.text.strip()) - 1 and said.situation.open


def _open(said: Utterance) -> Directive | None:
    again = find(said.goods, _REOPENING)
    if again and not supposed(again.rest):
        known = len(said.situation.catalogue) > 0 and not said.situation.open
        return _directive(said, Command.REOPEN if known else Command.OPEN, again)
    found = find(said.goods, _OPENING)
    if found and not supposed(found.rest):
        return _directive(said, Command.OPEN, found)
    return None


def _directive(said: Utterance, command: Command, found: Found, **given: object) -> Directive:
    return Directive(command=command, span=said.span(said.goods, found), **given)  # type: ignore[arg-type]
