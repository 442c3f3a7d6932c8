"""Numbers and quantities in a message: how many, of which measure word, and where it says so."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from nlp.measures import NOT_GOODS, PIECES, goods_measured, measure_pattern
from nlp.normalise import fold
from nlp.number_scan import Found, scan
from nlp.numeral_sections import chinese, rounded
from nlp.numeral_words import begins_noun, mask

__all__ = ["PIECES", "Number", "Quantity", "numbers", "ordinals", "quantities"]

_DOZEN = re.compile(" ?打")
_LIANG = re.compile("(?:零|又)?([一二三四五六七八九两1-9])两")
_CHANGE = re.compile("([一二三四五六七八九1-9])(?![0-9.]|[十百千万])")
_ABOUT = re.compile(" ?[多来几余]")
_ABOUT_AFTER = re.compile(r" ?(?:左右|上下|出头|多(?=$|[\s,。.;、!~吧啊呢]))")
_ABOUT_BEFORE = re.compile("(?:大概|大约|差不多|将近|(?<!预)约) ?$")
_TO = re.compile(" ?[-~—–到至或] ?")
_CLOCK = re.compile("[0-9一二三四五六七八九十]点 ?$")
_ELSEWHERE = re.compile(r"(?:第|周|星期|礼拜|[0-9][:/]|[Nn]o\.?) ?$")
_ORDINAL = re.compile("第 ?$")
_JIN = {"斤", "市斤", "台斤"}
_YUAN = {"块", "元"}
_IDENTIFIER = 7  # digits from which a number names something: a phone, an order
_FAR = 4  # characters before a number that tell what it is


class Number(NamedTuple):
    """The number `text[start:end]`."""

    start: int
    end: int
    value: float


@dataclass(frozen=True, slots=True)
class Quantity:
    """`text[start:end]` says `value` times `unit`, half-width and simplified, empty for a bare number.

    Unpacks into start, end, value and unit. With `upper` the text says a range from `value` to `upper`
    (两三箱, 2-3箱). `packed`: 5斤装 names a spec. Collective units keep their own count: 一打 is 1 of 打,
    see PIECES.
    """

    start: int
    end: int
    value: float
    unit: str
    approximate: bool = False
    upper: float | None = None
    packed: bool = False

    def __iter__(self) -> Iterator[Any]:
        return iter((self.start, self.end, self.value, self.unit))


def numbers(text: str) -> Iterator[Number]:
    """Numbers in Arabic, Chinese or mixed writing; 一打 counts 12; ranges, shares and discounts are left out.

    Conventions are those of Microsoft's Recognizers-Text for Chinese.
    """
    folded = mask(fold(text))
    for found in scan(folded):
        if not found.spread:
            dozen = _DOZEN.match(folded, found.end)
            end, times = (dozen.end(), PIECES["打"]) if dozen else (found.end, 1)
            yield Number(found.start, end, found.value * times)


def ordinals(text: str) -> Iterator[Number]:
    """Places in an order, their 第 included: 第二个 gives the span of 第二 and 2."""
    folded = mask(fold(text))
    for found in scan(folded):
        if match := _ORDINAL.search(folded[max(found.start - _FAR, 0) : found.start]):
            yield Number(found.start - len(match[0]), found.end, found.value)


def quantities(text: str, units: Iterable[str] = ()) -> Iterator[Quantity]:
    """Counts and weights with their measure word or none; `units` adds the shop's own measure words.

    Left out: ordinals, times, dates, floors and houses, shares, long identifiers. 半 and 两 behind a unit
    are added to it: 一斤半, 两斤三两; so is the small change of a price: 九块九.
    """
    folded = mask(fold(text))
    pattern = measure_pattern(units)
    found = list(scan(folded))
    position = 0
    for index, each in enumerate(found):
        if each.start < position:
            continue
        quantity = _range(folded, found[index : index + 2], pattern) or _quantity(folded, each, pattern)
        if quantity:
            position = quantity.end
            yield quantity


def _range(text: str, pair: list[Found], pattern: re.Pattern[str]) -> Quantity | None:
    """2-3箱, when both numbers share the measure word; A2-3箱 is an item and a count."""
    if len(pair) == 1 or _after_letter(text, pair[0].start):
        return None
    low, high = pair
    joint = _TO.match(text, low.end)
    if joint is None or joint.end() != high.start or low.value >= high.value or low.spread:
        return None
    both = replace(low, end=high.end, spread=high.value - low.value)
    quantity = _quantity(text, both, pattern)
    return quantity if quantity and quantity.unit else None


def _quantity(text: str, found: Found, pattern: re.Pattern[str]) -> Quantity | None:
    before = text[max(found.start - _FAR, 0) : found.start]
    if _ELSEWHERE.search(before) or _identifies(text, found):
        return None
    if before.endswith("¥"):
        return Quantity(found.start - 1, found.end, found.value, "¥")
    about = _ABOUT.match(text, found.end) if found.value % 10 == 0 else None
    unit = pattern.match(text, about.end()) if about else None
    unit = unit or pattern.match(text, found.end)
    if _no_goods(text, found, unit) or (unit is None and _CLOCK.search(before)):
        return None
    approximate = bool(found.approximate or found.spread or _ABOUT_BEFORE.search(before))
    approximate = approximate or _about(text, found, unit)
    if unit:
        return _whole(text, found, unit, approximate=approximate)
    return None if found.spread else Quantity(found.start, found.end, found.value, "", approximate)


def _whole(text: str, found: Found, unit: re.Match[str], *, approximate: bool) -> Quantity:
    word = unit["unit"] or unit["sized"]
    end, more = _rest(text, unit.end(), word)
    return Quantity(
        found.start,
        end,
        _plus(found.value, more),
        word,
        approximate=approximate,
        upper=_plus(found.value + found.spread, more) if found.spread else None,
        packed=text.startswith("装", end),
    )


def _rest(text: str, end: int, unit: str) -> tuple[int, float]:
    """What a smaller part behind the unit adds to the count, and where it ends."""
    if text.startswith("半", end) and not goods_measured(text, end + 1):
        return end + 1, 0.5
    part = _LIANG if unit in _JIN else _CHANGE if unit in _YUAN else None
    match = part.match(text, end) if part else None
    if match is None or goods_measured(text, match.end()):
        return end, 0
    digit = match[1]
    return match.end(), (int(digit) if digit.isascii() else chinese(digit)) / 10


def _plus(value: float, more: float) -> float:
    return rounded(value + more) if more else value


def _about(text: str, found: Found, unit: re.Match[str] | None) -> bool:
    end = unit.end() if unit else found.end
    return (unit is not None and unit.start() > found.end) or _ABOUT_AFTER.match(text, end) is not None


def _no_goods(text: str, found: Found, unit: re.Match[str] | None) -> bool:
    about = _ABOUT.match(text, found.end)
    sign = NOT_GOODS.match(text, about.end() if about else found.end)
    if sign is None or not sign["noun"]:
        return sign is not None
    return unit is None and not begins_noun(text, found.start, sign.start("noun"))


def _identifies(text: str, found: Found) -> bool:
    written = text[found.start : found.end]
    return written.isdecimal() and len(written) >= _IDENTIFIER


def _after_letter(text: str, position: int) -> bool:
    return position > 0 and text[position - 1].isascii() and text[position - 1].isalpha()
