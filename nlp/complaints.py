"""What members report of goods they got: too few, other ones, broken, not working.

Read in the unnamed form of a message (see masking): every mention of goods is the one sign ◆.
"""

import re

_N = "(?:[0-9]+(?:\\.[0-9]+)?|[一二两三四五六七八九十俩仨半几]+)"
_BOUGHT = "(?:订|定|买|拍|下|落)(?:单)?(?:了|的|咗)?"
_GOT = "(?:给|到|来|发|收到?|拿到?|得|返|畀)(?:了|到|返|我)*"
_BROKEN = (
    "(?:[压摔磕挤捂冻闷]?[烂坏]|[压摔磕挤]?[破碎裂瘪扁](?:皮|口|开|洞)?|漏(?!(?:发|给|装|接|记|单|掉我|了我))(?:[水液气油])?"
    "|断(?!货|供|网|电|码|奶|糖|层)|发?霉|长.?毛|馊|[胀鼓](?:袋|包|气|起)?|返潮|受潮|结(?:块|成)|变[形质味色]|缺[角口]|划痕|[掉起]皮"
    "|粘(?:一起|成|连)|脱线|开线|起球|掉色|化(?:了|掉|成)|酸了|臭了)"
)
_PRESSED = "[压摔磕挤闷冻][烂坏破碎裂扁]"
_SMELLS = "有股.{0,3}味|[霉馊臭怪异]味|味道(?:不对|怪|好大)|破洞|有洞|有虫"
_FAILS = (
    "(?:拧|插|按|充|开|点|试|旋|合|盖|装|打|用).{0,4}(?<!会)不(?:亮|转|响|动|出|开|上|进|通|热|了机)|不(?:亮|转|响|出水|通电|制冷|制热)"
    "|没(?:反应|封(?:严|住|好|牢)|粘(?:住|牢|好)|盖(?:严|好|紧)|拧紧|缝(?:好|住))"
)
_SOME = "有(?:一|两|俩|几|三|四|五|六|七|八|九|十|半|[0-9])[^\\s◆]{0,2}"
_PACKING = "盖|封口|瓶口|袋口|包装|盒子|泵头|拉链|壳"

_FEWER = re.compile(f"{_BOUGHT}{_N}[^\\s0-9◆]{{0,2}} ?(?:就|只|才|却|净|竟然)*{_GOT}(?!几){_N}(?![0-9送])")
"""Two numbers, ordered and given: 订2给1."""
_SIGNS = tuple(
    re.compile(pattern)
    for pattern in (
        f"(?:少|漏|缺)(?:给|发|装|放)(?:了|咗)?(?:我|俺|◆|{_N}|$| )|少送(?:了|我)",
        f"少(?:了)?我{_N}|少[秤称]|缺斤|短[秤斤两]|不够[秤称斤]",
        f"(?:只有?|才|就|得|净)(?:有|给|拿到?|收到?|来|到)*(?:了)?{_N}.{{0,3}}(?:还?[少缺差])了?{_N}",
        f"(?:数|称|量|点)(?:了|过)?[^\\s]{{0,4}}(?: ?(?:只有?|才|就|不到|不够|得)){_N}",
        f"(?:只有|才|就)(?:给|有|拿到|收到)?{_N}[^\\s]{{0,2}} .{{0,3}}(?:不是|明明)(?:{_BOUGHT}|要)",
        "(?:收到|到手|拿到)(?:手)?的?(?:却|居然|怎么)?(?:是|变成|成了)(?!什么|啥|几|谁)",
        "给我(?:发|寄|装|拿|送|给)(?:成|错)",
        "◆.{0,4}(?:发|寄|装|送)(?:成|错)",
        f"{_SOME}.{{0,8}}(?:{_BROKEN}|{_FAILS}|{_SMELLS})",
        f"{_SOME}.{{0,8}}(?:是|全是|都是)(?:开的|空的|空壳|[烂坏破碎瘪死馊酸臭]的)|(?:黏|粘)(?:在|到)一起|(?:缝线|线)开了",
        f"我怎么(?:只|才|就)(?:有|拿到?|收到?|给|到)(?:了)?{_N}|我的.{{0,6}}◆(?:呢|去哪|哪去)",
        "有一半.{0,3}(?:空|烂|坏|碎|死|瘪)",
        "◆[^ ]{0,6}一[^ ]{1,3}(?:出来|上去)?.{0,3}就(?:断|裂|碎|掉|坏|散|漏)了",
        f"(?<!每)(?<!每.)(?:{_PRESSED}|{_BROKEN}[了咗掉])[了咗掉]*{_N}(?!天|年|月|次|盆)[^\\s◆]?(?:$| )",
        f"(?:拿到|收到|到手|取回|拿回|打开|切开|开箱).{{0,12}}{_BROKEN}(?:了|的|$| )",
        f"◆.{{0,4}}死(?:了|咗)(?:一|两|{_N})",
        f"◆.{{0,8}}(?:{_FAILS}|{_SMELLS}|漏(?:了一|得到处)|(?:头头|里面?|底下).{{0,3}}{_BROKEN})",
        f"(?:{_PACKING}).{{0,6}}(?:{_BROKEN}|{_FAILS})(?:了|的|起|$| )",
        f"◆.{{0,6}}(?:全|都)(?![没不]).{{0,2}}{_BROKEN}(?:了|$| )",
        f"◆[^ ]{{0,4}}是{_BROKEN}的(?= |$)",
    )
)
_OF_ANOTHER = f"{_N}?[^\\s0-9◆]{{0,2}}◆"
_WISHED = "(?:要|订|定|买|拍|点|下单|选|说)(?:的|了|好的?)(?:是|要)?"
_YET = "(?:却|居然|怎么|竟然)?"
_SENT = "(?:给|发|送|寄|拿|装|塞)(?:过?来|我|俺|到)*"
_CAME = (
    f"(?:{_SENT}(?:的{_YET}(?:是|成)|[成错]了?|了)|(?:来|收到|拿到|到手)的{_YET}(?:是|成|变成)"
    "|(?:收到|拿到|到手)的?|塞给?[我俺]?|变成了?)"
)
_CAME_PLAINLY = f"(?:来的{_YET}是|塞给[我俺]?|{_SENT}[成错]了?|{_SENT}的{_YET}(?:是|成))"
_IT_IS = f"(?:[送发寄拿]来|收到|拿到|到手|[给发送][我俺])的{_YET}"
_MIXED_UP = tuple(
    re.compile(pattern)
    for pattern in (
        f"{_WISHED}{_OF_ANOTHER}.{{0,6}}{_CAME}{_OF_ANOTHER}",
        f"要{_OF_ANOTHER} ?(?:结果|却|怎么|你们?|居然)*{_CAME_PLAINLY}{_OF_ANOTHER}",
        f"{_CAME}{_OF_ANOTHER}(?:啊|呀|诶)? ?(?:我|俺)?{_WISHED}{_OF_ANOTHER}",
        f"{_IT_IS}是{_OF_ANOTHER}(?:啊|呀)? ?(?:不是|而不是|我(?:要|订)){_OF_ANOTHER}",
        f"{_IT_IS}不是{_OF_ANOTHER}",
    )
)
"""One thing ordered and another one come, in either order."""
_SHORT = re.compile(
    f"[只才就](?:给|发|有|收到|拿到)[了我俺]*{_N}[^\\s◆]{{0,2}}◆?[啊呀]? ?我?(?:明明)?{_BOUGHT}的?是?{_N}"
)
"""What came and, after it, what was ordered: 只给我一份 我订的两份."""
_OWN_SLIP = re.compile("[打写说报按选点看记下]错(?!.{0,4}[给发装])")
"""3号打错了 我要的是2号: nobody sent anything yet."""
_WISH = re.compile(
    f"(?:再|还|又|也|先)?(?:要|来|订|定|买|加|拿|留|带|囤|整|弄)(?![的了到自])[^\\s◆]{{0,2}}?(?:{_N}|◆|点)|{_N}[^\\s◆]?(?:给我留|我要)|[+]"
)
"""More is wanted beside what was wrong."""
_WHOLE = re.compile(
    "(?:没有?|冇|无)(?:一[个点只颗]|半[个点]|啥|什么)?(?:坏|烂|破|碎|漏|问题|毛病)|(?:坏|烂|破|碎)的?(?:都|也)?(?:没|冇)|一[个只颗]都?没[坏烂破碎]"
)
_CONTENT = re.compile(f"{_WHOLE.pattern}|好评|点赞|真[好棒香甜]|很好|不错")
"""Praise of what came whole."""
_MAYBE = re.compile(
    "要是|如果|假如|假设|万一|的话|怕|担心|会不会|容易|不会|没[有]?[坏烂破碎漏]|包赔|就赔|才赔|以免|省得|别(?!的)|不要|退订|取消|改成|换成"
    "|冰箱|网购|打碎|打翻|贴|放(?:久|两天)|我家(?!收|拿|的|这|那|◆)|家里|屋里|老公|儿子|孩子|女儿|娃|同事|还是"
)
"""What might be, what is to be done otherwise, and what happened at home."""
_BEFORE = re.compile(
    "上次|上回|上周|上个?(?:月|礼拜|星期)|上[一]?[批期]|昨[天晚日]|前天|去年"
    "|那[次回年]|以前|从前|年前|当[年初]|每次"
)
_LATELY = re.compile("上次|上回|上周|上个?(?:月|礼拜|星期)|上一?[批期]")
"""When goods of an earlier group-buy came."""
_OURS = re.compile("◆|[那有][一两几]?[箱盒袋包瓶罐个份]|买的|订的|拿的")
_ABROAD = re.compile(
    "超市|商场|菜市?场|直播间|隔壁|人家|别[人家]|外面|网上|淘宝|京东|拼多多|公司|单位|学校|饭店|地铁"
)
_ASKED = re.compile(
    "[?]|[吗么伐㗎](?![^\\s])|什么|啥|多少|几(?!个)|哪|怎么|咋|[能可会]不[能可会]|点算|点解|不$"
)
_CLAIMS = re.compile(
    "退(?!了)|赔|补(?!货)|点算|点解|怎么办|咋办|咋整|怎么回事|咋回事|找谁|咋弄|怎么弄|咋处理|怎么处理|我怎么(?:只|才)|发给|拍了?(?:照|图)|何解|不是(?:订|定|买|拍|下)|明明"
)
"""Words by which a question about broken goods asks for amends."""
_PAID_FOR = re.compile("上|昨|拿回|收到|拿到|买的|订的|我[那这订定买]|少[给发我]|只有|只得|我怎么")


def returned(text: str) -> bool:
    """Whether an unnamed text with the signs of an order tells of goods that came, and asks for no others."""
    if shortfall(text):
        return True
    if _MAYBE.search(text) or _ABROAD.search(text) or _BEFORE.search(text) or _ASKED.search(text):
        return False
    return not _WISH.search(text) and not _CONTENT.search(text) and any(sign.search(text) for sign in _SIGNS)


def shortfall(text: str) -> bool:
    """Whether an unnamed text tells what was ordered and what came in its place: 订2给1, 要的◆ 给的◆."""
    if own_slip(text) or _MAYBE.search(text) or _ABROAD.search(text):
        return False
    return any(sign.search(text) for sign in (_FEWER, _SHORT, *_MIXED_UP))


def own_slip(text: str) -> bool:
    """Whether the writer puts an own slip right: 打错了 我要的是◆."""
    return _OWN_SLIP.search(text) is not None


def praise(text: str) -> bool:
    """Whether an unnamed text says that nothing was wrong: 一个坏的都没有."""
    return _WHOLE.search(text) is not None


def complaint(text: str) -> bool:
    """Whether an unnamed text reports goods that are too few, other ones, broken or not working."""
    if shortfall(text):
        return True
    if _MAYBE.search(text) or _ABROAD.search(text) or _CONTENT.search(text):
        return False
    claimed = _CLAIMS.search(text) and _PAID_FOR.search(text)
    if (_ASKED.search(text) or _BEFORE.search(text)) and not claimed:
        return _spoilt_before(text) and not _ASKED.search(text)
    return any(sign.search(text) for sign in _SIGNS) or _spoilt_before(text)


def _spoilt_before(text: str) -> bool:
    """Goods of an earlier day that were bad."""
    return bool(
        _LATELY.search(text) and _OURS.search(text) and (re.search(_BROKEN, text) or re.search(_SMELLS, text))
    )
