"""Numbers in front of the rows of a list, in all the forms that clients and people write."""

import re
from dataclasses import dataclass

from nlp.measures import goods_measured
from nlp.normalise import normalise
from nlp.numerals import whole

_CIRCLED = "\u2460-\u249b\u24f5-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf"
_FRAMED = rf"(?P<framed>(?:[0-9]\ufe0f?\u20e3|🔟)+|[{_CIRCLED}])[ \t]*[.．、)）:：]?"
_NUMBER = r"[0-9０-９]{1,4}|[一二三四五六七八九十]{1,3}(?=[、.．])"
_SIGNED = rf"[(（\[]?(?P<plain>{_NUMBER})[ \t]?(?P<sign>[.．。、)）\]:：,，])"
_BARE = r"(?P<bare>[0-9０-９]{1,4})[ \t\u3000]+(?=\S)"
_AT_START = re.compile(rf"[ \t\u3000]*(?:{_FRAMED}|{_SIGNED}|{_BARE})")
_INSIDE = re.compile(rf"(?<![^\s,，;；。])(?:{_FRAMED}|(?P<plain>[0-9０-９]{{1,4}})(?P<sign>[.．、)）]))")
_DIGITS = re.compile("[0-9０-９]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The number of a row: `text[start:end]` with the signs around it; `sure` unless it may be a quantity."""

    number: int
    start: int
    end: int
    sure: bool


def at_start(text: str, start: int, end: int) -> Mark | None:
    """The mark with which the line `text[start:end]` begins."""
    match = _AT_START.match(text, start, end)
    return _mark(text, match, end) if match else None


def inside(text: str, start: int, end: int, number: int) -> Mark | None:
    """The first mark of that number in `text[start:end]`, for lists that lost their line breaks."""
    for match in _INSIDE.finditer(text, start, end):
        mark = _mark(text, match, end)
        if mark.number == number:
            return mark
    return None


def counted(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` begins with digits and a measure word: the rest of a decimal number."""
    digits = _DIGITS.match(text, start, end)
    return digits is not None and (digits.end() == end or goods_measured(text, digits.end()))


def _mark(text: str, match: re.Match[str], end: int) -> Mark:
    groups = match.groupdict()
    sure = bool(groups["framed"])
    if groups["plain"]:
        sure = groups["sign"] in set("、)）]") or not _DIGITS.match(text, match.end(), end)
    written = groups["framed"] or groups["plain"] or groups["bare"] or ""
    plain = written.isascii() and written.isdecimal()
    return Mark(
        number=int(written) if plain else _value(normalise(written).text),
        start=match.start(),
        end=match.end(),
        sure=sure,
    )


def _value(written: str) -> int:
    if digits := "".join(character for character in written if character.isdecimal()):
        return int(digits)
    return whole(written) or 0
