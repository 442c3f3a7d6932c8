"""Phrases of commands: closed-class words around signs, matched against whole clauses, never inside talk."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nlp.commands.slots import COUNT, GOODS, MONEY, NAME, NUMBER, TIME, Slots

Match = re.Match[str]

_OPENERS = (
    "好了|好啦|好的|好嘞|好咯|好滴|好吧|好|行了|行|来|来吧|嗯嗯?|哎呀?|嘿|哈喽|早呀?|早啊|早上好|晚上好|ok|OK|喂|对了|那个?|那就|"
    "大家|各位|姐妹|家人|亲|宝|老板|老师|同学|邻居|兄弟|朋友|街坊|伙伴|们|现在|目前|今天|今日|今晚|今早|今朝|这会儿?|马上|立刻|立马|"
    "先|就|都|我|我们|咱们?|俺|这次|这回|这下|这期|本次|本期|可以|可|真的?|再|提前|正式|到点|时间到|时间差不多|时间|差不多|够钟|够了|够数|"
    "@?小团|机器人|帮我|帮忙|帮|给我|给|麻烦|请|辛苦|把|将|了|啦|哈|啊|呀|哦|吧|的|一下|咯|喽|确认|没问题|快|赶紧|顺便|也|人|群主"
)
_CLOSERS = (
    "了|啦|啊|哈|吧|哦|噢|喔|呀|咯|喽|嘞|呗|嗷|哒|的|咗|喇|晒|嘛|噻|哉|滴|嚯|诶|欸|昂|捏|先|一下|一哈|下|下子|看看|瞅瞅|瞧瞧|瞅|看|给我|我看|"
    "谢谢大家|谢谢各位|谢谢|辛苦|多谢|大家|各位|家人们|同学们|姐妹们|小团|们|哈哈+|伐|好伐|嗻|啰|撒|哟|嗨|唔该|我"
)
OPEN = f"(?:(?:{_OPENERS}) ?)*"
CLOSE = f"(?: ?(?:{_CLOSERS}))*"
_SIGNS = {
    "<goods>": f"{GOODS}(?: ?(?:的?(?:和|跟|与|还有|及|,|、|/))? ?{GOODS})*",
    "<names>": f"{NAME}(?: ?(?:的?(?:和|跟|与|还有|及|同|,|、|/))? ?{NAME})*",
    "<name>": NAME,
    "<count>": f"[{COUNT}{NUMBER}]",
    "<counted>": COUNT,
    "<number>": NUMBER,
    "<money>": f"[{MONEY}{NUMBER}](?: ?(?:元|块))?(?: ?[/每一]? ?{COUNT}| ?[/每一] ?[^\\s{COUNT}]{{1,2}})?",
    "<amount>": MONEY,
    "<time>": TIME,
}
_LONGEST_WINDOW = 4
_MOST_CLAUSES = 12


@lru_cache(maxsize=1024)
def phrase(pattern: str) -> re.Pattern[str]:
    """Compile a pattern: signs in angle brackets, a blank where there may be one; openers and closers are free."""
    pattern = pattern.replace(" ", " ?")
    for sign, meaning in _SIGNS.items():
        pattern = pattern.replace(sign, meaning)
    return re.compile(f"{OPEN}(?:{pattern}){CLOSE}")


def bag(core: str, light: str) -> str:
    """A pattern for any order of words, with one of `core` among those of `light`."""
    return f"(?:(?:{light}) ?)*(?:{core})(?: ?(?:{light}|{core}))*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A phrase that explains the clauses `span` of the text with signs; `rest` is what the others say."""

    match: Match
    span: tuple[int, int]
    rest: str


def find(slots: Slots, patterns: Sequence[re.Pattern[str]]) -> Found | None:
    """The longest run of whole clauses that one of the patterns explains."""
    return next(find_all(slots, patterns), None)


def find_all(slots: Slots, patterns: Sequence[re.Pattern[str]]) -> Iterator[Found]:
    """Every run of clauses that one of the patterns explains, none overlapping, longest first."""
    taken: list[tuple[int, int]] = []
    for start, end in _windows(slots):
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        match = next((m for one in patterns if (m := one.fullmatch(slots.text, start, end))), None)
        if match:
            taken.append((start, end))
            yield Found(match=match, span=(start, end), rest=slots.text[:start] + " " + slots.text[end:])


def _windows(slots: Slots) -> Iterator[tuple[int, int]]:
    clauses = slots.clauses[:_MOST_CLAUSES]
    yield 0, len(slots.text.rstrip())
    for length in range(min(_LONGEST_WINDOW, len(clauses)), 0, -1):
        for index in range(len(clauses) - length + 1):
            yield clauses[index][0], clauses[index + length - 1][1]
