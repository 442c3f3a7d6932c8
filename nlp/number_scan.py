"""Numbers in their order in a message, told from words that only look like them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.measures import FOREIGN_MONEY, goods_measured
from nlp.numeral_sections import DIGITS, Reading, chinese
from nlp.numeral_words import NUMERALS, is_lone_word
from nlp.numerals import magnitude

_CANDIDATE = re.compile(rf"[0-9{NUMERALS}]|\.[0-9]")
_RUN = re.compile(rf"\.|[0-9]+|[{NUMERALS}]+")
_SIGN = re.compile(r"负 ?$|(?:^|(?<=[\s(:,=]))-$")
_INDEFINITE = re.compile(r"[几数][ ]?$")
_SHARE = re.compile(r" ?[%％‰]|折(?!叠)")  # of a whole or of a price, not a count
_CHANGE = re.compile(f"(?<=[块元])[{DIGITS}](?=[{DIGITS}半])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The number `text[start:end]`; `spread` is above zero when it is a range such as 两三."""

    start: int
    end: int
    value: float
    spread: float = 0
    approximate: bool = False


def scan(text: str) -> Iterator[Found]:
    """The numbers of a folded and masked text, left to right."""
    position = 0
    while candidate := _CANDIDATE.search(text, position):
        start = candidate.start()
        if (found := _found(text, start)) is None:
            run = _RUN.match(text, start)
            position = run.end() if run else start + 1
            continue
        yield found
        position = found.end


def _found(text: str, start: int) -> Found | None:
    before = text[max(start - 2, 0) : start]
    if _INDEFINITE.search(before):
        return None
    read = _read(text, start)
    if read is None or _SHARE.match(text, read.end) or not _stands(text, start, read.end):
        return None
    value, spread, end, about = read.value, read.spread, read.end, read.approximate
    if sign := _SIGN.search(before):
        start, value = start - len(sign[0]), -value
    return Found(start=start, end=end, value=value, spread=spread, approximate=about)


def _read(text: str, start: int) -> Reading | None:
    character = text[start]
    if character == "半" and goods_measured(text, start + 1):
        return Reading(end=start + 1, value=0.5)
    if character == "仨":
        return Reading(end=start + 1, value=3)
    if change := _CHANGE.match(text, start):
        return Reading(end=start + 1, value=chinese(change[0]))
    return magnitude(text, start)


def _stands(text: str, start: int, end: int) -> bool:
    """Whether what was read is a number where it stands."""
    if end - start > 1 or text[start].isascii():
        return True
    if FOREIGN_MONEY.match(text, end) or is_lone_word(text, start, end):
        return False
    weighs = text[start] == "两" and start > 0 and text[start - 1].isdecimal()
    return not weighs or goods_measured(text, end)  # 3两 weighs three, A1两箱 counts two
