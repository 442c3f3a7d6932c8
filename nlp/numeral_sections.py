"""Sections of written numbers: what 千 百 十 and a digit make together, or Arabic digits in their place."""

import re
from dataclasses import dataclass

from nlp.measures import goods_measured

DIGITS = "零〇一二三四五六七八九两俩壹贰叁肆伍陆柒捌玖"
UNITS = "十百千拾佰仟"
SCALES = "万亿兆"
LONGEST = 64
"""Characters; longer runs of digits count nothing, and may not cost anything either."""

_DIGIT = dict(zip(DIGITS, [0, *range(10), 2, 2, *range(1, 10)], strict=True))
_RANK = dict(zip(UNITS, [1, 2, 3] * 2, strict=True))
_TOP = 4  # above 千
_TWO = "两俩"  # never a last digit, never one of several in a row
_RANGES = {(3, 5)} | {(low, low + 1) for low in range(1, 9)}

_GROUPED = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]|,[0-9])(?:\.[0-9]+(?!\.?[0-9]))?"
_POINTED = r"(?<![0-9]\.)[0-9]+\.[0-9]+(?!\.?[0-9])"
ARABIC = rf"(?:{_GROUPED}|{_POINTED}|[0-9]+|(?<![0-9.])\.[0-9]+(?!\.?[0-9]))"
_COUNT = rf"(?P<zero>[零〇]*)(?:(?P<arabic>{ARABIC})|(?P<digits>[{DIGITS}]+))?"
_TERM = re.compile(rf"(?P<gap> *){_COUNT}(?: *(?P<unit>[{UNITS}]))?")
# At the start a space may stand before few units: in 苹果二 十箱梨 and A1 百合 it parts two items.
_FIRST = re.compile(rf"(?P<gap>){_COUNT}(?:(?:(?<=[{DIGITS}]) +(?=[百千佰仟]))?(?P<unit>[{UNITS}]))?")
_SCALED = re.compile(rf" *[{SCALES}]")
_ABOUT = re.compile(rf" *零?[多余几来] *(?=[{SCALES}])")
_APART = re.compile(r" *(?![又点分])[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A number that ends before `end`; `spread` is what 三 adds to 两 in 两三; `bare`: one digit, no unit."""

    end: int
    value: float
    spread: float = 0
    approximate: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    end: int
    value: float
    spread: int = 0
    rank: int = 0  # power of ten of its unit
    zero: bool = False  # 零 before it: it counts ones, not the next smaller unit
    single: bool = False


def section(text: str, position: int, *, first: bool) -> Reading | None:
    """The section at `position`; `first` when no section with a scale lies before it."""
    if first and text.startswith("半百", position):
        return Reading(end=position + 2, value=50)
    terms = _terms(text, position, first=first)
    if not terms:
        return None
    value: float = 0
    spread: float = 0
    above = _TOP
    for term in terms:
        weight = 10 ** _power(term, above)
        value, spread, above = value + times(term.value, weight), term.spread * weight, term.rank
    bare = len(terms) == 1 and terms[0].single and not terms[0].zero and not terms[0].rank
    about = _ABOUT.match(text, terms[-1].end)
    end = about.end() if about else terms[-1].end
    return Reading(end=end, value=value, spread=spread, approximate=about is not None, bare=bare)


def arabic(digits: str) -> float:
    """The value of Arabic digits with or without commas and a point: an int when it has none."""
    plain = digits.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def times(value: float, weight: int) -> float:
    """The product, of a decimal rounded to what was written: 1.1亿 is 110,000,000 and no fraction more."""
    return value * weight if isinstance(value, int) else rounded(value * weight)


def rounded(value: float) -> float:
    """The float that is nearest to the decimal meant: without the last bit's error of a calculation."""
    return float(f"{value:.15g}")


def chinese(digits: str) -> int:
    """The value of Chinese digits that stand in a row, each for a power of ten."""
    return int("".join(str(_DIGIT[digit]) for digit in digits))


def _terms(text: str, position: int, *, first: bool) -> list[_Term]:
    terms: list[_Term] = []
    above, cursor = _TOP, position
    while above and (term := _term(text, cursor, above, start=first and not terms)):
        terms.append(term)
        above, cursor = term.rank, term.end
    return terms


def _power(term: _Term, above: int) -> int:
    """The power of ten that a term counts: 四百五 is 450, 四百零五 is 405."""
    short = term.single and not term.rank and not term.zero and above != _TOP
    return above - 1 if short else term.rank


def _term(text: str, position: int, above: int, *, start: bool) -> _Term | None:
    match = (_FIRST if start else _TERM).match(text, position)
    if match is None or match.end() - position > LONGEST:
        return None
    if match["arabic"]:
        term = _arabic_term(match, above, start=start)
    elif match["digits"]:
        term = _chinese_term(match, text, above, start=start)
    else:
        term = _digitless(match, text, above, start=start)
    return None if term is None or (term.rank and term.rank >= above) else term


def _arabic_term(match: re.Match[str], above: int, *, start: bool) -> _Term | None:
    digits, unit = match["arabic"], match["unit"]
    if unit in {"十", "拾"}:  # 5十月 is not fifty
        unit = None
    if not start and (not digits.isdigit() or (match["gap"] and not unit) or len(digits) > above):
        return None
    end = match.end() if unit else match.end("arabic")
    single = not start and len(digits) == 1
    return _Term(
        end=end,
        value=arabic(digits),
        rank=_RANK[unit] if unit else 0,
        zero=bool(match["zero"]),
        single=single,
    )


def _chinese_term(match: re.Match[str], text: str, above: int, *, start: bool) -> _Term | None:
    unit = match["unit"]
    counted = bool(unit or _SCALED.match(text, match.end()))
    if not counted and match["gap"] and _APART.match(text, match.end()):
        return None  # 二十 三箱: what the space parts belongs to something else
    digits = match["digits"] if counted else _without_liang(match["digits"], text, match.end())
    end = match.end() - len(match["digits"]) + len(digits)
    rank, zero = _RANK[unit] if unit else 0, bool(match["zero"])
    if len(digits) == 1:
        lost = digits in _TWO and not counted and not (start and above == _TOP)
        return None if lost else _Term(end=end, value=_DIGIT[digits], rank=rank, zero=zero, single=True)
    return _row(digits, end, rank, zero=zero, whole=start and not counted)


def _without_liang(digits: str, text: str, end: int) -> str:
    """二两: the measure word 两 is no digit, unless it is 一两箱."""
    if digits[0] in _TWO or digits[1:] not in set(_TWO):
        return digits
    return digits if digits[0] == "一" and goods_measured(text, end) else digits[0]


def _row(digits: str, end: int, rank: int, *, zero: bool, whole: bool) -> _Term | None:
    """Digits in a row: the range 两三, or 二零二六 read one by one."""
    low, high, more = _DIGIT[digits[0]], _DIGIT[digits[1]], digits[2:]
    if not more and (low, high) in _RANGES:
        return _Term(end=end, value=low, spread=high - low, rank=rank, zero=zero, single=True)
    spelt = more or "零" in digits or "〇" in digits
    if not whole or not spelt or any(digit in _TWO for digit in digits):
        return None
    return _Term(end=end, value=chinese(digits))


def _digitless(match: re.Match[str], text: str, above: int, *, start: bool) -> _Term | None:
    unit, zero = match["unit"], bool(match["zero"])
    if unit is None:
        return _Term(end=match.end(), value=0) if start and zero else None
    rank = _RANK[unit]
    if rank == 1:
        return _Term(end=match.end(), value=1, rank=1) if start or zero or above == _RANK["百"] else None
    leads = start and not zero and text[match.end() : match.end() + 1] in set(DIGITS) - set("零〇" + _TWO)
    return _Term(end=match.end(), value=1, rank=rank) if leads else None  # 百三 is 130
