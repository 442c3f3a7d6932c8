"""Quick rules for what is plain to see, from signs of speech and never from lists of sentences.

The rules read the unnamed form of a message (see masking): every mention of goods is the one sign ◆. What no
rule knows is left to the model.
"""

from collections.abc import Sequence

from bot.model import Role
from bot.understanding import Aspect, Intent, Situation
from nlp.addressee import to_a_member
from nlp.advice import ADVICE
from nlp.asking import ASKS, asks
from nlp.complaints import complaint, praise, shortfall
from nlp.elsewhere import ELSEWHERE, PAST
from nlp.lexicon import Mention
from nlp.masking import GOODS, unnamed
from nlp.normalise import Normalised
from nlp.rules import LONGEST, rule

Verdict = tuple[Intent, float, str, Aspect | None]
"""Intent, how sure (share of right answers on written utterances), name of the rule, what is asked about.

Below SURE it is only what is likely when no model says otherwise.
"""

SURE = 0.8

_IF = "要是|如果|假如|假设|万一|早知道|的话"
_BUY = "订|定|买|下(?!架|午|次|周|班|来|去|楼|雨|雪|水|面)|拍|接|点(?!解|算|样|钟)|落|要|团|抢"
_WHAT = "什么|什麼|啥|哪些|哪几|哪[个种款样]|几|多少|咩|些啥|么子|点啥|啲?乜嘢?"


def by_rules(normalised: Normalised, mentions: Sequence[Mention], situation: Situation) -> Verdict | None:
    """What the first rule that holds says of a message that is no order, command or list."""
    text = unnamed(normalised, mentions).replace("俺", "我")
    if not text:
        return Intent.CHITCHAT, 0.99, "nothing-said", None
    if to_a_member(normalised.text, asks(normalised.text), situation):
        return Intent.CHITCHAT, 0.95, "to-a-member", None
    if situation.role < Role.HELPER and len(text) <= LONGEST and _complains(text, normalised, mentions):
        return Intent.AFTERSALE, 0.9, "complaint", None
    if praise(text) and not asks(text):
        return Intent.CHITCHAT, 0.9, "praise", None
    goods = GOODS in text
    for one in _RULES:
        fits = one.goods is None or one.goods == goods
        if fits and one.holds(text):
            return one.intent, one.sure, one.name, one.aspect
    return None


def _complains(text: str, normalised: Normalised, mentions: Sequence[Mention]) -> bool:
    return complaint(text) or shortfall(unnamed(normalised, mentions, specs=True))


_TALK = f"{PAST}|{ELSEWHERE}"
_MY = "我(?:们|家|屋头|妈|这|那|嗰|老公|老婆)?"
_DONE = "[了的过咗得仔]"
_WHETHER = r"(?:[了咗]?(?:没有?|莫得|吗|嘛|么|未|不|伐|吧|冇)[啊呀呢]?(?:$| ))"
_HALF_SAID = 12
"""Characters of a question that may leave unsaid what it is about: the goods of the day."""

_RULES = (
    rule(
        "checkin",
        Intent.CHECKIN,
        r"^.{0,8}(?:签到|打卡|签个到|签一?[个下]到|打[个一下]{1,2}卡|冒个泡).{0,6}$|^(?:签到|打卡)(?= )",
        rf"^(?!(?:签到|打卡) ).*(?:机|考勤|景点|网红|拍照|失败|(?<!差点)(?<!差点儿)忘|没|迟到"
        rf"|几|多少|怎么|[吗表店]|开会|健身|减肥|朋友圈|[积一]分|排"
        rf"|上班|提醒|什么|天了|天数|记录|榜|加咗|天天|{_TALK})",
    ),
    rule(
        "redeem",
        Intent.REDEEM,
        r"(?:用|拿|花|扣|从|把|将|使)(?:我|俺)?的?[0-9一二三五百千]*(?:个|点)?(?:积分|分(?!钟"
        r"|之)).{0,6}(?:换|兑|抵|付|减|支付|结账|抽)"
        r"|积分(?:兑换?|换购?|抵扣?|全[抵换]).{0,4}◆|兑换?◆|^我?(?:要|想)?兑换?$|^(?:我的?"
        r"|我要用?)?积分(?:兑换?|抵扣?)(?:一下)?$",
        rf"规则|怎么|咋|如何|多少|几|吗|[能可会][不以]|不能|不可以|过期|上限|点样|哪|多久|信用卡|话费|航空"
        rf"|移动|还没|已经|成功|{_TALK}",
        sure=0.93,
    ),
    rule(
        "points",
        Intent.POINTS_QUERY,
        r"^(?:帮|给|请问|麻烦|查|看|我|俺|想|一下|下|询|瞅)*.{0,4}(?:我的?|现在|当前|目前|总|剩余|累计"
        r"|本月)*.{0,3}积分(?:还?[有剩]|余额|明细|记录|排名"
        r"|排行榜?|榜|查询|是|现在|到|一共|总共|几多|多少|几|了|的|分|呢|呀|啊|呗|看|下|查|我|第|名|排|在"
        r"|一|来着|哈|吧|嘛)*$"
        r"|(?:攒|存|积)了?(?:多少|几多?|好多)分(?!钟)"
        r"|我(?:现在|目前|一共|总共|都)*有好多分(?!钟|之|享|货|拣)"
        r"|我.{0,6}(?:多少|几多?)(?:积?分(?!钟|之|享|货|拣)|积分)|我.{0,8}(?:排(?:在|到)?第?几|第几名|名次"
        r"|排名|连签|签到?了?(?:多少|几)天)"
        r"|^(?:看|查|发|打开|今日|本周|本月|积分|群|签到|打卡|的|一?下)*(?:排行榜?|排名|积分榜|打卡榜"
        r"|总榜)(?:看看|发一?下|查一?下|发出来看看)?$",
        rf"兑|换|抵|[花用扣走领赚砸]|消费|核销|拿积|怎么|如何|咋|接龙|能(?:买|干|做|不|用)|什么用|过期"
        rf"|清零|转给|规则|信用卡|话费|航空|考|期末|语文|数学"
        rf"|{ELSEWHERE}",
        sure=0.92,
    ),
    *ADVICE,
    rule(
        "own-total",
        Intent.ORDER_QUERY,
        rf"(?:我的|我[那这嗰][^说]|{_MY}(?:一共|总共|合计|该|应该?|要|得|需要?)(?:付|给|转|多少|几)"
        rf"|{_MY}[订定买下]{_DONE}).{{0,10}}"
        rf"(?:多少(?:钱|$)|几多钱|几(?:块)?钱|好多钱|多钱|总价|合计|付多少|多少米|总共多少|一共多少)"
        rf"|我(?:一共|总共|合计|拢共|总的)?花了(?:多少|几多|好多)"
        rf"|^(?:看看|看下|看一?下|算算|算一?下|查查?|查一?下|帮|给| )*我(?:这单|的)?"
        rf"(?:多少钱|几多钱|几钿|好多钱|该付多少)"
        rf"|我(?:一共|总共|合计)(?:是|要|该)?(?:付|给"
        rf"|多少(?!积?分)|几多|几钿)"
        r"|我(?:一共|总共|合计|现在|到底|还|是不是|应该|这[次边]|得|要)*(?:欠|该(?:你|付|给|转)|差)[^\s0-9]{0,6}"
        r"(?:多少|几多|几钱|几(?:块|元)|好多|钱)(?:没[给付转])?",
        rf"分|级|要是|如果|再(?:买|加|来|要|拿|订|拍|凑|添)|能买|邮费|运费|JF|{ELSEWHERE}",
        aspect=Aspect.TOTAL,
        sure=0.9,
        longest=30,
    ),
    rule(
        "own-content",
        Intent.ORDER_QUERY,
        rf"{_MY}.{{0,8}}(?:{_BUY}){_DONE}.{{0,4}}(?:{_WHAT})|{_MY}(?:都|到底|总共"
        rf"|一共)?(?:{_BUY}){_DONE}?(?:{_WHAT}).{{0,3}}来着"
        rf"|{_MY}(?:都|到底|一共|总共)+(?:订|定|买|拍|下|要|团|接)(?:什么|啥|哪些|咩)了"
        rf"|{_MY}.{{0,3}}(?:{_BUY}){_DONE}.{{1,10}}还是.{{1,8}}(?:来着|[?]?$)"
        rf"|{_MY}.{{0,4}}(?:{_BUY}){_DONE}.{{1,12}}来着"
        rf"|{_MY}(?:{_BUY}|报)的(?:是)?(?:几|多少|好多)[^\s0-9]{{0,2}}(?:来着|$)"
        r"|我(?:是|要的是|[订定买报]的?是?)[0-9一二两三四五六七八九十]+[^\s◆]{0,2}◆?"
        r"(?:对[吗伐不嘛吧没]|对不对|没错吧|是吧|是不是)"
        r"|我(?:现在|目前|到底|这会儿?)+(?:是|有|订了|定了|要了)(?:几|多少)(?!岁|点|号|楼|分|个人|时)"
        rf"|^我(?:现在|目前|这会儿?|到底)+(?:都|还|一共|总共)*(?:有|剩|要|订|定)了?(?:些|点)?(?:{_WHAT})[啊呀呢了]*[?]?$"
        rf"|^(?:看|查|瞅|睇)(?:看|哈|下|一下|瞅|睇)*我(?:都|一共|总共)?(?:{_BUY}){_DONE}?(?:{_WHAT}|好多)"
        r"|^(?:帮|给|请|麻烦|查|看|一?下|看看|把| )*我的(?:单子?|订单|清单|明细)?"
        r"(?:帮|给|发|念|报|查|看|我|来|出|一?[下遍]|看看| )+$"
        r"|^(?:帮|给|请|麻烦|查|看|一?下|看看|我|要|想|瞅瞅|核对|确认)*我的?(?:单子?|订单|清单|明细|接龙"
        r"|小票)(?:查|看|发|呢|一?下|看看|有(?:啥|什么|哪些)"
        r"|里|明细|详情)*$"
        r"|^(?:帮我?|我要|我想)?查(?:一下|下|询)?(?:订?单|订单)$"
        rf"|^我(?:选|挑)(?:的|了)(?:是)?(?:{_WHAT}).{{0,6}}来着",
        rf"好[?]?$|推荐|想买|想要|该|(?<!都)要(?:{_WHAT})|才(?:能|可)|能(?:买|打|便宜|包邮)|积分|要是"
        rf"|如果|怎么|咋|{ELSEWHERE}|上回"
        rf"|上次我?说",
        aspect=Aspect.CONTENT,
        sure=0.9,
        longest=30,
    ),
    rule(
        "own-arrival",
        Intent.ORDER_QUERY,
        rf"(?:{_MY}(?:的|[订定买下要]{_DONE}?)|我[那这嗰]).{{0,10}}(?:到货?|来|送到?|发货?|好|出发|出锅"
        rf"|分好|备好){_WHETHER}"
        rf"|^(?:今天|货|东西)?(?:到[了咗](?:没有?|吗|未)|到货了?没有?|到没到|到未)$",
        rf"积分|要是|如果|钱|坏|快点|{ELSEWHERE}|你",
        aspect=Aspect.ARRIVAL,
        sure=0.9,
        longest=30,
    ),
    rule(
        "own-booked",
        Intent.ORDER_QUERY,
        rf"{_MY}.{{0,8}}(?:记上|记下|记|订上|订到|定上|订成功?|下单成功|成功|算进去|算上|抢到|接上|录上"
        rf"|加上|下到单|有单|还在|漏)(?:了)?{_WHETHER}",
        rf"签到|积分|打卡|第一|发票|要是|如果|能|可以|{ELSEWHERE}|你",
        aspect=Aspect.CONTENT,
        sure=0.88,
        longest=26,
    ),
    rule(
        "damage",
        Intent.AFTERSALE,
        r"(?:◆|收到|拿到|打开|取回|开箱|切开|我(?:[的那这]|家的)).{0,14}(?:坏[了的咗掉]|烂[了的咗掉]|破[了的]"
        r"|碎[了的]|裂[了开]|漏[了水液]|臭|馊|发霉|霉[了点]|长毛"
        r"|变质|变味|压扁|发黑|蔫|化[了掉]|过期|死[了咗]|有虫|断[了成]|潮)"
        r"|(?:少(?:给)?了?我|少给|漏发|发错|给错|缺斤|短[秤斤两]|少[了装发给])(?:了|我|一|两|[0-9半几]|◆"
        r"|三)|◆.{0,6}(?:发错|给错|少[了给发]"
        r"|不够[秤数])",
        rf"{ASKS}|{_TALK}|{_IF}|不会|没有?坏|包赔|就赔|的?赔你|放(?:久|两天)|容易|怕|担心|别|买少|以免|钱"
        rf"|不要|退[了掉]|取消|改|换成|冰箱|了再|网购"
        rf"|打碎|称了|下 ",
        goods=None,
        sure=0.79,  # where a model is, its word and other signs are weighed together (see grievances)
        longest=40,
    ),
    rule(
        "price",
        Intent.PRODUCT_QUERY,
        r"◆.{0,8}(?:多少(?:钱|元|一)|多少$|几多钱|几(?:块|元|毛)?钱|几钿|好多钱|多钱|怎么卖|咋卖|点卖"
        r"|哪能卖|(?:什么|啥|咩)价|价[格钱位]?(?:多少|$|是|呢"
        r"|几)|贵不贵|几块)"
        r"|(?:多少钱|几多钱|怎么卖|咋卖|什么价|啥价|几钱)(?:一|是)?.{0,4}◆",
        rf"我的|我[订定买换]|我[那这]|一共|总共|运费|邮费|积分|付|赔|退|补|差不多|差价|{_TALK}|{_IF}"
        rf"|你(?:们)?(?:买|那)",
        aspect=Aspect.PRICE,
        sure=0.93,
        longest=30,
        by_clause=True,
    ),
    rule(
        "price-of-the-day",
        Intent.PRODUCT_QUERY,
        r"^(?:这|那|今天|这个|那个|请问|问下|一?[箱盒份斤个袋]|的|现在|呢|款|种|团|是|它|,| )*(?:多少钱"
        r"|几多钱|几钱|怎么卖|咋卖|什么价|啥价|价格|价钱|多钱|好多钱"
        r"|几钿|报价)(?:格|钱|一?[箱盒份斤个袋]|啊|呀|呢|的|多少|是|哦|嘛|一|了)*$",
        aspect=Aspect.PRICE,
        goods=False,
        sure=0.9,
        longest=_HALF_SAID,
    ),
    rule(
        "stock",
        Intent.PRODUCT_QUERY,
        rf"◆.{{0,6}}(?:还有|还剩|有货|现货|卖完|卖光|售罄|没货|断货|剩|有)(?:得|货)?(?:{_WHETHER}|没得"
        rf"|多少|几|冇|不$)|◆.{{0,4}}(?:有没有"
        rf"|有冇|仲有冇|没了[吗吧])(?:货|了|啊|呀|$)"
        rf"|(?:还有|有没有|有冇|仲有|还剩|有).{{0,4}}◆.{{0,2}}{_WHETHER}|(?:有没有|有冇|还有没有)◆"
        rf"|◆.{{0,4}}(?:库存|余量)(?:多少|几|还)",
        rf"我的|我[订定单候这那]|分|家里|摆|多少钱|人(?:要|拼|一起)|谁|{_TALK}|{_IF}|推荐|{ELSEWHERE}"
        rf"|的话|来.箱",
        aspect=Aspect.STOCK,
        sure=0.9,
        longest=26,
    ),
    rule(
        "stock-of-the-day",
        Intent.PRODUCT_QUERY,
        rf"^(?:这个|那个|现在|请问|今天|团长)?(?:还有|还剩|有货|卖完|没货|还有货|仲有|剩)(?:{_WHETHER}|冇"
        rf"|多少|好多|几)[^我]{{0,3}}$|^还有没有(?:货"
        rf"|了)?$",
        rf"{_IF}|人|分",
        aspect=Aspect.STOCK,
        goods=False,
        sure=0.85,
        longest=_HALF_SAID,
    ),
    rule(
        "range",
        Intent.PRODUCT_QUERY,
        r"(?:今[天日儿晚]|这[次期团周]|现在|明天|本周|都|还|团里)?.{0,3}(?:有(?:点|些)?|卖(?:点|些)?|团"
        r"|上了?|剩)(?:什么|啥|咩|哪些)(?:好(?:货|吃的"
        r"|东西)|货|新[品货]|水果|菜|东西|吃的|卖|得买)?(?:啊|呀|呢|呗|嘛|了|的|可以买)?$"
        r"|(?:发|看|求|要)(?:一?下|个|看)?.{0,4}(?:菜单|价目表?|报价单?|商品清单|货单)",
        rf"◆|推荐|适合|高|热|火|区别|用|优惠|活动|好处|要求|问题|味道|我|你|{_IF}|{ELSEWHERE}|事|奖",
        aspect=Aspect.RANGE,
        sure=0.88,
        longest=18,
    ),
    rule(
        "money-policy",
        Intent.QUESTION,
        r"(?:怎么|如何|咋|点样?|哪能|咋个|几时|什么时候|啥时候|能不能|可不可以|可以|能"
        r"|支持).{0,6}(?:付[款钱]?|支付|转账|付钞票|开(?:发票|收据|票)|货到付款|刷卡"
        r"|退[款货钱换]|下单|分期|月结)(?:.{0,6})$"
        r"|运费|邮费|包邮[吗不]|起送|满多少",
        rf"我的|我[订定买那这]|积分|已经|了$|帮我|◆.{{0,3}}[0-9一二两三]|{_TALK}|不要了|取消",
        sure=0.9,
        longest=26,
    ),
    rule(
        "time-and-place",
        Intent.QUESTION,
        r"(?:几点|几号|几时|哪天|几天|什么时[候间]|啥时候?|多久|周几|星期几|哪里|哪儿|在哪|到哪|边度"
        r"|啥地方|哪旮旯).{0,5}(?:到货?|能?取|拿|提货?|自提|发货?|送"
        r"|来货|截单?|收货|开门|关门|攞|下单|结束)"
        r"|(?:取货|提货|自提|拿货|截单|到货|发货|配送|送货).{0,4}(?:时间|地[址点]|几点|在哪|哪里|什么时候"
        r"|啥时候|几号|哪天)|送货?(?:上门|到家|上楼)|能不能送"
        r"|快递(?:寄|发)",
        rf"我的|我[订定买那这嗰]|还没到|你(?:们?家)?(?:几点|什么时候)(?!.{{0,3}}[送发])|下班|上班|起床|睡"
        rf"|{_TALK}|{_IF}|大家|来[取拿]|请|记得"
        rf"|改(?:到|成|为)",
        sure=0.88,
        longest=26,
    ),
    rule(
        "goods-asked",
        Intent.PRODUCT_QUERY,
        rf"◆.{{0,16}}(?:{ASKS})",
        rf"我的|我[订定买那这要想]|你|谁|推荐|哪个好|哪个划算|怎么办|咋[办赔整]|赔|退|换|送|取|拿|几点"
        rf"|什么时候|啥时候|到货|哪天|几号|付|发票|积分|到[了没]|好了|为什么|坏"
        rf"|烂|霉|臭|蔫|碎|系咪|可以.{{0,3}}(?:吗|不)|能.{{0,2}}(?:寄|用券)|走冷链|我[家单候排嗰]|你们|说"
        rf"|问我|借|买哪|选哪|配|搭|{_TALK}|{_IF}"
        rf"|下单|订|一起|拼|记",
        aspect=Aspect.DETAIL,
        sure=0.6,
        longest=26,
    ),
    rule(
        "kind-asked",
        Intent.PRODUCT_QUERY,
        r"◆(?:都)?是[^\s](?P<of>[^\s的])[^\s](?P=of)$",
        aspect=Aspect.DETAIL,
        longest=14,
    ),
    rule(
        "courtesy",
        Intent.CHITCHAT,
        r"^(?:谢谢|多谢|感谢|辛苦|不客气|没事|哈|呵|嘿|嘻|嗯|哦|噢|好的?|收到|早上好|早安|早|晚安|中午好"
        r"|下午好|晚上好|再见|拜拜|晚上|大家|各位|姐妹们|邻居|们|团长|老板"
        r"|姐|哥|阿姨|宝|亲|了|啦|呀|啊|的|哟|呢|您|你|太|真|ok|OK|1?88|666|赞|棒|厉害|新年|周末|快乐"
        r"|生意兴隆|恭喜发财| )++$",
        r"^(?:好的?|嗯|ok|OK|收到| )+$",
        sure=0.97,
    ),
)
