"""What kind of thing a question asks for, and whether it denies something."""

import re
from functools import lru_cache

from nlp.faq.writing import plain

_KINDS = {
    "when": (
        r"什么时候|啥时|几时|几点|何时|哪天|哪日|多会儿|几号(?!楼|栋|线)|星期几|周几|时间|"
        r"什么时辰|幾點"
    ),
    "how_long": r"多久|几天|多长时间|几日|多少天|几个(?:小时|钟头|月|星期)|好久|多长",
    "where": (
        r"哪里|哪儿|哪(?=[取拿领看找放退买])|什么地方|啥地方|位置|地址|地点|边度|哪边|"
        r"哪个(?:楼|门|点)|几号(?:楼|栋)|在哪|哪头|哪搭"
    ),
    "how_much": r"多少钱|几钱|几块|价|贵|便宜|收费|要钱|花钱|加钱|费|几元|免费|怎么算|抵",
    "how_many": r"多少(?!钱|天)|几(?:个|份|箱|斤|件|盒|瓶|包|次|成|%)|多大|多重|够不够|上限|最多|最少",
    "may": (
        r"可以|可不可以|能不能|能[^不]{0,8}[吗么不嘛]|行不|行吗|行么|得不得|得唔得|可否|成不|"
        r"好不好|允许|让不让|准不准|给不给|要不要|用不用|需不需要|还能"
    ),
    "how": r"怎么(?!办|样)|怎样|咋(?!办|样)|如何|点样|怎麼|咋个|哪能|步骤|方法|流程",
    "what_if": r"怎么办|咋办|咋整|咋弄|怎么弄|怎么处理|点算|怎么说|如何是好|咋个办",
    "why": r"为什么|为啥|为何|咋回事|怎么回事|点解|凭什么|怎么还|咋还|怎么会|什么情况|原因",
    "who": r"谁|哪个人|哪位|找哪个|什么人|联系人|别人|替我|帮我|代",
    "which": r"哪种|哪款|哪个(?!人|楼|门|点)|什么牌|啥牌|牌子|品种|哪家|什么材|几种",
    "is_there": r"有没有|有冇|有没|有无|有[^不]{0,8}[吗么不嘛]|有得|有木有",
    "whether": r"是不是|是[^不]{0,10}[吗么]|会不会|会[^不]{0,8}[吗么不嘛]|还是",
}
_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _KINDS.items()}
KINDS = tuple(_KINDS)
_CHOICE = re.compile(r"(\w)[不没唔]\1|[吗么嘛呢啊吧]?不$|不 |没有?$|有没有|是不是|不好意思")
_DENIAL = re.compile("不|没|别|未|无|勿|唔|冇|莫|甭|拒绝")


@lru_cache(maxsize=8192)
def kinds(text: str) -> frozenset[str]:
    """What the question asks for: any of KINDS."""
    written = plain(text)
    return frozenset(kind for kind, pattern in _PATTERNS.items() if pattern.search(written))


@lru_cache(maxsize=8192)
def denies(text: str) -> bool:
    """Whether something is denied, other than by asking whether it is so."""
    return _DENIAL.search(_CHOICE.sub(" ", plain(text))) is not None
