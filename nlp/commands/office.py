"""汇总, 导出, 谁没付, 谁没取, 待确认, 公告, 帮助, 代下单, 撤销, 积分: the leader's desk."""

import re

from bot.understanding import Command, Directive
from nlp.commands.phrases import bag, find, phrase
from nlp.commands.slots import NAME
from nlp.commands.utterance import Utterance, supposed

_LIGHT = (
    "一下|下|个|一个|看|看看|看下|看一下|瞅瞅|瞅|瞧|给我|帮我|我|我们|先|发|出|出来|发出来|来|来个|做|拉|拉个|拉一下|列|列个|列一下|报|报一下|打|整|弄|今天|今日|今朝|今晚|现在|目前|到现在|到目前|"
    "一共|总共|共|每样|每种|每个品|每个|各样|各|各个|品|商品|品种|种类|订单|单子|单|团购|接龙|本团|这个团|这团|这次|这期|本期|的|了|吧|呗|哈|啦|啊|哦|呀|都|全|全部|所有|把|给|群里|到群里|大家|"
    "表|数|明细|情况|结果|清单|名单|一遍|出一下|多少|几|订|下|接|收|卖|有|是|快|还|小团|帮忙|理|理一下|整理|整理一下|盘|盘一下|点|点个|算|算一下|算算|<goods>|<time>|每样多少|都是|数量|咧|呢|好伐"
)
_SUMMING = tuple(
    map(
        phrase,
        (
            bag(
                "汇总|统计|总数|总量|合计|总计|销量|总览|总账|对账|报数|总单|营业额|总金额|总额|采购单|备货数量?|分拣单|点个数|盘个数",
                _LIGHT
                + "|按|分|人|人头|楼栋|楼号|栋|楼|自提点|每栋|口味|规格|供应商|采购|金额|多少钱|钱|两句|出来",
            ),
            r"(?:看看|看下|看一下|查一下|查下)?(?:现在|目前|今天|到现在|这次|这期|本团|这团|到目前|截止(?:现在|目前))*(?:大家)?(?:一共|总共|已经|都|各|每样|每个品|每种|各样)*(?:卖|订|定|走|出|销)(?:了|出去?|掉)?(?:了)?(?:多少|几)(?:<counted>|单|份|了|钱)*",
            r"(?:现在|目前|今天|到现在|这次|一共|总共|总的?)+(?:有|接|收)?(?:了)?(?:多少|几)(?:单|份|钱|个单|单子)?",
            r"(?:看看|看下|列一下)?(?:大家)?(?:都|谁|各)(?:订|定)了?(?:什么|啥|多少|些什么)(?: ?(?:列一下|列出来|统计))?",
            r"(?:各多少|每样多少|每个品多少)(?:<counted>)?",
        ),
    )
)
_NOT_SUMMING = re.compile("我(?:自己)?(?:也|一共|总共|到底)?(?:订|定|买|汇)|我也|你")
_EXPORTING = tuple(
    map(
        phrase,
        (
            bag(
                "导出来?|导出成|导个|导张|导一份|导一下|导下|导表|导单|导成|导|出表|出个表|拉个表|打印|打个?表",
                _LIGHT
                + "|表格|excel|Excel|EXCEL|xlsx|csv|CSV|数据|标签|分拣单|配送单|拣货单|昨天的?|上一?团|上期|未付款|没付款|未取货|没取货|要|成|供应商|发给|楼|号|文件|存|一份|电话|房号|带|汇总表|用|发奶站",
            ),
            r"(?:订单|表格|名单|数据|明细|接龙|单子)导(?:出)?(?:一下|来|出来)?",
        ),
    )
)
_WHO = "谁|哪些人?|哪几个|有谁|都有谁|几个人?|多少人|名单|列|列一下|还|没|的|有|人|是|还有|未|单|催|催一下|提醒|一下|发|发一下|看|看下|看看|查|查一下|@|出来|给我|哪家|哪个|家|小团|大家|都|现在|把"
_UNPAID = tuple(
    map(
        phrase,
        (
            bag("没付款?钱?|未付款?|还没付款?|没给钱|没交钱|没转账?|欠款|催付|催款", _WHO),
            r"催(?:一下)?(?:款|付款|没付款?的)",
        ),
    )
)
_WAITING_TO_FETCH = tuple(
    map(
        phrase,
        (
            bag("没取货?|没拿货?|没来取|没来拿|没领|没来领|没提货?|未取货?|未提货?|还没取", _WHO),
            r"催(?:一下)?(?:取货?|没取的|提货)",
        ),
    )
)
_ASKS_WHO = re.compile("谁|哪|名单|列|几个|多少人|催|查|看|未付|未取|[@]")
_REVIEWING = tuple(
    map(
        phrase,
        (
            bag(
                "待确认|待处理|审核列表|待审核|没确认的?",
                "列表|的|有|哪些|什么|看|看下|看看|列|列一下|几个|多少|还有|清空|清掉|都|处理完|处理|好了|了|完|一下|单|名单|发|小团|都处理",
            ),
        ),
    )
)
_HELPING = tuple(
    map(
        phrase,
        (
            bag(
                "帮助|help|Help|HELP|菜单|指令|命令|功能|使用说明|说明书|使用方法",
                "看|看下|有|哪些|什么|列表|大全|列|列一下|列出|出来|所有|都|支持|可以|能|用|我|团长|管理员?|帮手|表|一下|发|发下|发一下|清单|的|介绍|把|给我|看看|/|几个|多少|小团|你|都有|啥|怎么|发我",
            ),
            r"(?:小团)?(?:你)?(?:怎么用|怎么使用|咋用|如何使用|能做什么|能干什么|会什么|能干啥|会干啥|都能做啥)",
        ),
    )
)
_ANNOUNCING = (
    re.compile(
        r"\s*(?:@?小团)?[\s,:]*(?:帮我|帮忙|麻烦|请|再|重新)*(?:发布|发送|群发|发|出|贴|来)?(?:一?[个条则下])?(?:群?公告|通知)"
        r"(?:一下|下|说|大家|各位|全群|所有人)*[\s:,。]+(?P<text>.+)",
        re.DOTALL,
    ),
    re.compile(
        r"\s*@?小团[\s,:]*(?:帮我|帮忙|麻烦|请)*(?:通知|告诉|提醒|喊|叫|跟|和)(?:一下|下)?(?:大家|各位|所有人|全群|大伙)(?:说一?[声下])?[\s:,]*(?P<text>.+)",
        re.DOTALL,
    ),
    re.compile(
        r"\s*(?:帮我)?通知(?:一下|下)?(?:大家|各位|所有人|全群|大伙)(?:说一?[声下])?[\s:,]*(?P<text>.+)",
        re.DOTALL,
    ),
    re.compile(r"\s*(?:发|出|发布)(?:一?[个条则])?(?:公告|通知)(?:说|叫|:)?(?P<text>\S.+)", re.DOTALL),
)
_ANNOUNCE_ALONE = tuple(map(phrase, (r"(?:发|出|发布)?(?:一?[个条则])?(?:群?公告|通知)(?:一下)?",)))
_UNDOING = tuple(
    map(
        phrase,
        (
            r"(?:撤销|撤掉|撤回|取消|删掉|删除|作废)(?:掉)?<names>的?(?:单|订单|刚才的?|上一单|那单|接龙|<goods>)*",
            r"<names>的?(?:单|订单|接龙|那单|刚才的?单?)(?:撤销|撤掉|取消|删掉|删除|作废|撤)(?:掉)?",
        ),
    )
)
_POINTS = tuple(
    map(
        phrase,
        (
            r"(?:积分调整|调整积分|积分) ?<name> ?(?P<sign>[+-]|加|减|扣)? ?[\ue002\ue004](?:分|积分)?",
            r"<name>(?:的)?积分 ?(?P<sign>[+-]|加|减|扣|奖励|送) ?[\ue002\ue004](?:分|积分)?",
            r"<name>(?P<sign>[+-]|加|减|扣|奖励|送) ?[\ue002\ue004](?:分|积分|个积分|点积分)",
        ),
    )
)
_LESS = {"-", "减", "扣"}
_OTHER_ACTS = tuple(
    map(
        phrase,
        (
            r"(?:来|搞|开|发起|开始|做|弄|发|设|设置|结束|安排|办)*(?:一?[个次波场轮张])?(?:抽个?奖|抽一?[个位名]|投个?票|秒杀|拼团|优惠券|满减|红包雨)(?:吧|开始|活动|走起)*(?: ?<goods>)*(?:<count>)?",
            r"(?:拉黑|禁言|踢掉|踢出|移出|解禁|解除禁言) ?<name>",
            r"(?:设置?|把)?<name>(?:设为|设成|为|升为|当)(?:帮手|助手|管理员?)|取消<name>(?:的)?帮手(?:权限)?",
            r"售后(?:列表|有哪些|单)|(?:同意|驳回)(?:<name>)?的?(?:售后|退款)",
            r"(?:团长|经营|今日|今天的?|本周|上周)(?:日报|战报|周报|数据报告)",
            r"(?:接龙)?(?:合并|核对|更新|对一?下|发一?下最新)(?:一?下)?接龙(?:一?下)?(?:发群里)?",
        ),
    )
)
_PROXY = re.compile(
    r"(?P<verb>代下单|代订|代接龙?|代拍|改单)"
    r"|(?:帮|给|替|把)?[\ue001]的?(?:单|订单)?(?P<late>代下单|代订|代下|记上|记|登记|补上|补|改成|改为|加上|加|下单|下|订|减)"
)
_VIEWS = {
    "member": re.compile("按(?:人|人头|下单人|名字)|每个?人|谁订"),
    "building": re.compile("[按分每](?:楼|栋|幢|房号|楼栋|楼号|门牌|座)"),
    "pickup": re.compile("[按分每](?:自提点|提货点|取货点|站点|点)"),
}


def office(said: Utterance) -> Directive | None:
    """A command about records, texts and people."""
    return _announcing(said) or _lists(said) or _people(said) or _other(said)


def _announcing(said: Utterance) -> Directive | None:
    for pattern in _ANNOUNCING:
        match = pattern.fullmatch(said.text)
        if match and not match["text"].rstrip().endswith(("吗", "?", "么")):
            start, end = match.span("text")
            span = said.original((start, end))
            return Directive(command=Command.ANNOUNCE, text=said.text[start:end].strip(), span=span)
    found = find(said.goods, _ANNOUNCE_ALONE)
    if found and not found.rest.strip():
        return Directive(command=Command.ANNOUNCE, span=said.span(said.goods, found))
    return None


def _lists(said: Utterance) -> Directive | None:
    for command, patterns in (
        (Command.UNPAID, _UNPAID),
        (Command.NOT_PICKED_UP, _WAITING_TO_FETCH),
        (Command.REVIEW, _REVIEWING),
        (Command.EXPORT, _EXPORTING),
        (Command.SUMMARY, _SUMMING),
        (Command.HELP, _HELPING),
    ):
        found = find(said.goods, patterns)
        if found is None or supposed(found.rest) or not _meant(command, found.match[0]):
            continue
        return Directive(
            command=command,
            skus=said.goods.skus(found.span),
            view=_view(said.text),
            span=said.span(said.goods, found),
        )
    return None


def _meant(command: Command, words: str) -> bool:
    if command in {Command.UNPAID, Command.NOT_PICKED_UP}:
        return _ASKS_WHO.search(words) is not None
    return command is not Command.SUMMARY or not _NOT_SUMMING.search(words)


def _view(text: str) -> str:
    return next((view for view, pattern in _VIEWS.items() if pattern.search(text)), "")


def _people(said: Utterance) -> Directive | None:
    if NAME not in said.people.text:
        return None
    undone = find(said.people, _UNDOING)
    if undone and not supposed(undone.rest):
        names = tuple(slot.name for slot in said.people.of(NAME, undone.span))
        skus = said.people.skus(undone.span)
        return Directive(
            command=Command.UNDO_FOR, members=names, skus=skus, span=said.span(said.people, undone)
        )
    return _points(said)


def _points(said: Utterance) -> Directive | None:
    found = find(said.people, _POINTS)
    if found is None:
        return None
    numbers = [slot for slot in said.people.slots[found.span[0] : found.span[1]] if slot and slot.number]
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
    found = find(said.people, _OTHER_ACTS)
    if found is None or supposed(found.rest):
        return None
    return Directive(command=Command.OTHER, text=said.told.strip(), span=said.span(said.people, found))
