"""The grammar of written numbers: Chinese, Arabic and mixed, with powers, decimals and fractions.

    magnitude := power | ratio | mixed | decimal
    power     := arabic e digits | arabic ^ digits
    ratio     := [digits] digits / digits
    mixed     := [integer 又] integer 分之 [负] decimal
    decimal   := integer [点 digits [scale]]
    integer   := (section scale)* [section]        scale: 万 亿 兆 and runs of them
    section   := see `nlp.numeral_sections`

Each function reads at a position and returns what it read, or None. Text is half-width and simplified.
"""

import re
from dataclasses import replace
from math import inf, isfinite

from nlp.numeral_sections import ARABIC, LONGEST, SCALES, Reading, arabic, chinese, rounded, section, times

_SCALE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_THOUSAND = {"k": 10**3, "K": 10**3, "w": 10**4, "W": 10**4, "M": 10**6}

_SCALE_RUN = re.compile(rf" *(?P<scale>[{SCALES}](?: *[{SCALES}])*)")
_POINT = re.compile(
    r" *点 *([零〇一二三四五六七八九]+)(?![零〇一二三四五六七八九十百千拾佰仟]| *(?:[半刻]|分(?!之)))"
)
_OVER = re.compile(r" *分 *之 *")
_AND = re.compile(r" *又 *")
_POWER = re.compile(
    rf"(?P<base>{ARABIC})(?:[eE](?P<ten>[+-]?[0-9]{{1,3}})|\^(?P<power>[+-]{{0,2}}[0-9]{{1,3}}))(?![0-9A-Za-z])"
)
_RATIO = re.compile(
    r"(?<![0-9/.])(?:(?P<whole>[0-9]{1,9}) )?(?P<over>[0-9]{1,9})/(?P<under>[0-9]{1,9})(?![0-9/]|\.[0-9])"
)
_SUFFIX = re.compile(r"[kKwWM](?![A-Za-z0-9])")

_Terms = list[tuple[float, int]]  # values multiplied already, with the scales they were multiplied by


def magnitude(text: str, position: int) -> Reading | None:
    """The number without sign that begins at `position`; None as well when a float could not hold it.

    Whole numbers are int, others the float nearest to what is written.
    """
    try:
        return _power(text, position) or _ratio(text, position) or _sum(text, position)
    except OverflowError:
        return None


def whole(written: str) -> int | None:
    """What all of a text counts: 12, 十二, 两; None for 三五, which is a range, and for no number."""
    read = magnitude(written, 0)
    if read is None or read.end < len(written) or read.spread or not isinstance(read.value, int):
        return None
    return read.value


def _sum(text: str, position: int) -> Reading | None:
    whole = _integer(text, position)
    if whole is None:
        return None
    return _share(text, whole) or _mixed(text, whole) or _pointed(text, whole)


def _power(text: str, position: int) -> Reading | None:
    match = _POWER.match(text, position)
    if match is None or len(match["base"]) > LONGEST:
        return None
    base, ten = arabic(match["base"]), match["ten"]
    exponent = int((ten or match["power"]).replace("--", "").replace("+-", "-").replace("++", ""))
    if not base and exponent < 0:
        return None
    value = _raised(base, 10, exponent) if ten else _raised(1, base, exponent)
    return Reading(end=match.end(), value=value) if isfinite(value) else None


def _raised(factor: float, base: float, exponent: int) -> float:
    try:
        return rounded(factor * float(base) ** exponent)
    except OverflowError:
        return inf


def _ratio(text: str, position: int) -> Reading | None:
    match = _RATIO.match(text, position)
    if match is None or int(match["under"]) == 0:
        return None
    share = int(match["over"]) / int(match["under"])
    return Reading(end=match.end(), value=share + int(match["whole"] or 0))


def _mixed(text: str, whole: Reading) -> Reading | None:
    joint = _AND.match(text, whole.end)
    under = _integer(text, joint.end()) if joint else None
    share = _share(text, under) if under else None
    return replace(share, value=whole.value + share.value) if share else None


def _share(text: str, under: Reading) -> Reading | None:
    """The fraction over `under`, when 分之 follows it."""
    match = _OVER.match(text, under.end)
    if match is None or not under.value:
        return None
    negative = text.startswith("负", match.end())
    whole = _integer(text, match.end() + negative)
    if whole is None:
        return None
    over = _pointed(text, whole)
    return Reading(end=over.end, value=(-over.value if negative else over.value) / under.value)


def _pointed(text: str, whole: Reading) -> Reading:
    """`whole` with what follows it: 点 and digits, or k for thousands."""
    if text[whole.end - 1].isascii():
        suffix = _SUFFIX.match(text, whole.end)
        return (
            replace(whole, end=suffix.end(), value=times(whole.value, _THOUSAND[suffix[0]]))
            if suffix
            else whole
        )
    match = _POINT.match(text, whole.end)
    if match is None or len(match[1]) > LONGEST:
        return whole
    value = rounded(whole.value + chinese(match[1]) / 10 ** len(match[1]))
    end, scale = _scale(text, match.end())
    if scale and text[whole.end - 1] not in SCALES:  # 三点五万
        return Reading(end=end, value=times(value, scale))
    return Reading(end=match.end(), value=value)


def _integer(text: str, position: int) -> Reading | None:
    """Sections, each with its scale; what came before a greater scale is multiplied by it (一万五千亿)."""
    terms: _Terms = []
    read: Reading | None = None
    cursor = position
    while part := section(text, cursor, first=not terms):
        end, scale = _scale(text, part.end)
        if not scale:
            return _closed(terms, part)
        if any(scale == before for _, before in terms):
            break
        terms = _folded(terms, part.value, scale)
        about = part.approximate or (read is not None and read.approximate)
        read = Reading(end=end, value=_total(terms), spread=part.spread * scale, approximate=about)
        cursor = end
    return read


def _closed(terms: _Terms, last: Reading) -> Reading:
    """A single digit at the end counts the next smaller unit: 一万三 is 13,000."""
    weight = terms[-1][1] // 10 if terms and last.bare else 1
    value = _total(terms) + times(last.value, weight)
    return replace(last, value=value, spread=last.spread * weight)


def _folded(terms: _Terms, value: float, scale: int) -> _Terms:
    smaller = [term for term in terms if term[1] < scale]
    larger = [term for term in terms if term[1] > scale]
    return [*larger, (times(value + _total(smaller), scale), scale)]


def _total(terms: _Terms) -> float:
    return sum(value for value, _ in terms)


def _scale(text: str, position: int) -> tuple[int, int]:
    """Where a run of 万 亿 兆 ends, and its product; 0 when there is none."""
    match = _SCALE_RUN.match(text, position)
    if match is None or len(match[0]) > LONGEST:
        return position, 0
    product = 1
    for character in match["scale"].replace(" ", ""):
        product *= _SCALE[character]
    return match.end(), product
