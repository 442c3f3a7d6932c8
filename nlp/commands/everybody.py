"""撤销, 为什么, 候补, 我的数据, 帮助: what every member may tell the bot; yes and no."""

import re
from collections.abc import Collection
from dataclasses import replace

from bot.understanding import Command, Directive, Situation
from nlp.lexicon import Lexicon
from nlp.normalise import Normalised
from nlp.quantities import quantities

_ADDRESS = re.compile(r"^\s*(?:@?小团[\s,:]*|@\S{1,12}\s+)")
_TAIL = re.compile(
    r"(?:[\s,。!~.;]|吧|啊|呀|哈|哦|啦|了|嘛|呢|喔|的|谢谢|下|一下|\[[^\[\]]{1,8}\]|[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f])+$"
)
_EXACT = {
    Command.UNDO: re.compile(
        "(?:我要?)?(?:撤销|撤回|反悔|悔单)(?:刚才|刚刚|上一[条单个步]|我)?(?:那|的)?(?:条|单|个|订单)?(?:刚才|上一条)?|刚才(?:那[个条单])?(?:撤销|撤回|不算|作废)"
    ),
    Command.MY_DATA: re.compile(
        "(?:看|查|查看|导出)?(?:一下)?我的(?:数据|资料|个人信息|个人资料)|(?:你|小团)?(?:存|记|保存)了我(?:的)?(?:哪些|什么)(?:数据|资料|信息)"
    ),
    Command.FORGET_ME: re.compile(
        "(?:删除|删掉|清除|清空|注销|抹掉)(?:掉)?我的?(?:所有|全部)?(?:的)?(?:数据|资料|个人信息|账号|信息|记录)|(?:把)?我的(?:数据|资料|个人信息)(?:删除|删掉|删|清掉)"
    ),
    Command.UNSUBSCRIBE: re.compile(
        "退订(?:推荐|消息|推送|通知|广告|营销|短信)|(?:别|不要|不用)(?:再)?(?:给我)?(?:推荐|推送|发推荐|发广告|发推送)|TD|取消推荐"
    ),
    Command.HUMAN: re.compile(
        "(?:我要|我想|帮我|请|给我|麻烦)*(?:转|找|叫|喊|接|联系|呼叫)?(?:一下|个)?(?:人工|真人)(?:客服|服务)?(?:在吗|在不在)?"
        "|(?:我要|我想|帮我|请|给我|麻烦)*(?:转|找|叫|喊|联系|呼叫)(?:一下|个)?(?:团长|客服|真人|管理员)(?:来)?"
    ),
    Command.HELP: re.compile(
        "帮助|help|使用说明|使用帮助|(?:小团|这个|机器人|你)?(?:怎么用|怎么使用|咋用|如何使用)|(?:小团|你)?(?:能做什么|能干什么|会做什么|会干什么|能干啥|会干啥|有什么功能|都会什么|都能干啥)|功能|菜单|指令",
        re.IGNORECASE,
    ),
}
_WHY = re.compile(
    "(?:这是|你)?(?:为什么|为啥|咋回事|怎么算的|怎么记的|为何|凭什么|怎么回事)(?:这么记|这样记|这么算|是这样|这样)?"
)
_WAIT = re.compile(
    "候补|排队等|有货(?:了)?(?:再)?(?:通知|叫|喊|告诉)我(?![会们])|有了(?:再)?(?:通知|叫|喊|告诉)我|到货(?:了)?(?:再)?(?:通知|叫|喊)我(?![会们])"
)
_NO_WAIT = re.compile("什么|怎么|吗|是不是|取消|不|多少|第几")
_SPACE = re.compile(r"[\s,。!~?]+")
_LONGEST = 16
_YES = re.compile(
    "(?:是|是的|对|对的|对滴|确认|确定|好|好的|好嘞|好滴|可以|行|嗯+|恩|开|没错|没问题|就这样|就这么定|ok|okk|yes|y|要|发|取消吧|确认取消|确定取消|确认下架|下架|中|得|冇问题|系|要得|成|同意|执行|1)+",
    re.IGNORECASE,
)
_CHOICE = re.compile("^(?:就|那|是|要|选|改|第)+|(?:号|个|的|那个|那种|这个|款|吧|哈|啊|呀)+$")
_NO = re.compile(
    "(?:不|不是|不对|不要|不用|不行|不了|不开|先不|先别|别|算了|等等|等会|等一下|取消|否|错了|no|n|唔好|唔使|莫|不取消|不下架|放弃|停|0|2)+(?:了|先)?",
    re.IGNORECASE,
)


def everybody(normalised: Normalised, lexicon: Lexicon, situation: Situation) -> Directive | None:
    """A command that any member may give, and means as one: alone in the message."""
    said = _bare(normalised.text)
    if not said or len(normalised.text) > _LONGEST * 3:
        return None
    whole = (0, normalised.origin[-1] + 1) if normalised.origin else (0, 0)
    for command, pattern in _EXACT.items():
        if pattern.fullmatch(said):
            return Directive(command=command, span=whole)
    if _WHY.fullmatch(said.rstrip("?")) and _asks_bot(situation):
        return Directive(command=Command.WHY, span=whole)
    return _wait(normalised, lexicon, situation)


def answer(normalised: Normalised, situation: Situation) -> Directive | None:
    """The yes or no to a command that waits for it, or which goods it means; None for anything else."""
    if situation.confirming is None:
        return None
    said = _SPACE.sub("", normalised.text)
    either = {said, _SPACE.sub("", _bare(normalised.text))}
    if situation.confirming.choosing and (chosen := _chosen(either, situation)):
        return replace(situation.confirming, skus=(chosen,), choosing=False)
    if any(map(_NO.fullmatch, either)):
        return Directive(command=Command.DECLINE, span=_whole(normalised))
    if any(map(_YES.fullmatch, either)) and not situation.confirming.choosing:
        return replace(situation.confirming, confirmed=True)
    return None


def _chosen(either: Collection[str], situation: Situation) -> str:
    """The one of the goods asked about that an answer names: by code, place or part of its name."""
    asked = situation.confirming.skus if situation.confirming else ()
    skus = [sku for code in asked if (sku := situation.catalogue.get(code))]
    for said in {_CHOICE.sub("", one).casefold() for one in either} - {""}:
        by_code = [sku.code for sku in skus if sku.code.casefold() == said]
        by_place = [sku.code for place, sku in enumerate(skus, 1) if said == str(place)]
        by_name = [
            sku.code for sku in skus if said in _SPACE.sub("", f"{sku.name}{sku.spec}{sku.name}").casefold()
        ]
        found = next((codes for codes in (by_code, by_place, by_name) if len(codes) == 1), None)
        if found:
            return found[0]
    return ""


def _whole(normalised: Normalised) -> tuple[int, int]:
    return (0, normalised.origin[-1] + 1) if normalised.origin else (0, 0)


def _asks_bot(situation: Situation) -> bool:
    """Whether 为什么 is asked of the bot: it was addressed, or has just answered the sender."""
    last = situation.own_last
    just_now = (
        last is not None and bool(situation.recent) and situation.recent[0].message_id == last.message_id
    )
    return situation.at_bot or situation.quoted is not None or just_now


def _wait(normalised: Normalised, lexicon: Lexicon, situation: Situation) -> Directive | None:
    text = normalised.text
    if len(text) > _LONGEST * 2 or not _WAIT.search(text) or _NO_WAIT.search(text):
        return None
    skus = tuple(dict.fromkeys(sku for mention in lexicon.mentions(text) for sku in mention.skus))
    counts = [count for count in quantities(text, lexicon.units) if count.value >= 1]
    quantity = round(counts[0].value) if counts else None
    return Directive(
        command=Command.WAIT, skus=skus or situation.focus.skus, quantity=quantity, span=_whole(normalised)
    )


def _bare(text: str) -> str:
    """Without the address in front and what politeness leaves behind."""
    said = _ADDRESS.sub("", text).strip()
    bare = _TAIL.sub("", said)
    return bare or said
