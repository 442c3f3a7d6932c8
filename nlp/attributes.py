"""What tells the SKUs of one name apart: the words, letters, numbers and sizes of a spec."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from nlp.normalise import normalise

_SIZE = re.compile(
    r"(?P<count>[0-9]+(?:\.[0-9]+)?|[半一二两三四五六七八九十](?!分)) ?"
    r"(?P<unit>厘米|米|瓦|w|kg|千克|公斤|斤|两|克|g|ml|毫升|cl|l|升|[个只支枝片枚根粒颗条抽包袋杯张块瓶卷双件罐盒头寸])",
    re.IGNORECASE,
)
_CONTAINER = re.compile(r"(?:/|每)[\u4e00-\u9fff]{1,2}$|/[\u4e00-\u9fff](?=[ ,,)(]|$)")
_AREA = re.compile(
    r"[0-9]+ ?[x*] ?[0-9]+(?:cm)?|[0-9]合[0-9]|(?:高|长|宽|直径)?[0-9]+(?:cm|mm)", re.IGNORECASE
)
_DIMENSION = re.compile(
    r"(?P<count>[0-9]+(?:\.[0-9]+)?) ?"
    r"(?P<unit>厘米|公分|cm|mm|米|瓦|英寸|寸|色|孔|层|档|匹|升|毫安|mah|度|尺|阶|伏|磅|w|v|l|m|码)(?![a-z])",
    re.IGNORECASE,
)
"""What people name goods by and never count goods by."""
_BETWEEN = re.compile(
    r"(?P<from>[0-9]{1,3}) ?[-~到至] ?(?P<to>[0-9]{1,3}) ?(?P<unit>码|cm|岁|斤|个月|月|kg)(?![a-z])",
    re.IGNORECASE,
)
"""38-39码: two sizes that are one."""
_HAN = re.compile("[\u4e00-\u9fff]")
_RUN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z]*[0-9]+号?|[A-Za-z]+[码号]?")
_PLAIN = re.compile("[大中小特超红橙黄绿青蓝紫黑白灰粉棕公母男女长短厚薄甜辣咸淡生熟冷热新老高低宽窄圆方微]")
_TAIL = re.compile("[色味香型款码号装的]$")
_COLOUR = re.compile(r"[\u4e00-\u9fff]{1,3}?色")
_LETTER_SIZES = {"S": ("小号", "小"), "M": ("中号", "中"), "L": ("大号", "大")}
_TASTES = frozenset("甜咸辣酸淡苦麻鲜")
_ALSO = {"低": "矮"}
_ALSO_CALLED = {
    "儿童": ("小孩", "孩子", "娃儿", "娃娃", "宝宝", "小朋友"),
    "成人": ("大人",),
    "藏青": ("蓝",),
    "藏蓝": ("蓝",),
    "卡其": ("土黄",),
    "咖啡色": ("棕",),
    "咖色": ("棕",),
}
"""What everybody says for words that are printed on labels."""
_SIZES_OF_COLOURS = "大中小长短老高低"
"""What begins the name of a colour and tells no size: 小麦色."""
_HEIGHTS = range(110, 190, 10)
"""Sizes of clothes that are the height of who wears them, in centimetres, and have a spoken form."""
_NUMERALS = "零一二三四五六七八九"
_COLOUR_SIGN = re.compile("[红橙黄绿青蓝紫黑白灰粉棕]$")
_NOTHING = frozenset(("装", "约", "左右", "整", "带", "散", "规格", "净重", "每", "大约", "一"))

_GRAMS = {"kg": 1000, "千克": 1000, "公斤": 1000, "斤": 500, "两": 50, "克": 1, "g": 1}
_MILLILITRES = {"ml": 1, "毫升": 1, "cl": 10, "l": 1000, "升": 1000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """An amount that a spec names; `kind` is what compares: mass (g), volume (ml), or a count's unit."""

    value: Fraction
    kind: str


def size(count: Fraction, unit: str) -> Size:
    """The size that a count of a unit stands for."""
    unit = unit.lower()
    if unit in _GRAMS:
        return Size(value=count * _GRAMS[unit], kind="mass")
    if unit in _MILLILITRES:
        return Size(value=count * _MILLILITRES[unit], kind="volume")
    return Size(value=count, kind=unit.replace("w", "瓦"))


def sizes(spec: str) -> tuple[Size, ...]:
    """The sizes that a spec names, in order."""
    return tuple(
        size(_value(match["count"]), match["unit"]) for match in _SIZE.finditer(normalise(spec).text)
    )


def _value(written: str) -> Fraction:
    if written == "半":
        return Fraction(1, 2)
    place = "零一二三四五六七八九十".find("二" if written == "两" else written)
    return Fraction(written) if place < 0 else Fraction(place)


def attributes(spec: str) -> tuple[str, ...]:
    """The words by which people tell this spec from others, whole ones first; single characters last."""
    text = normalise(spec).text
    words = [word for match in _BETWEEN.finditer(text) for word in _both_ends(match)]
    text = _BETWEEN.sub(" ", text)
    words += [word for match in _DIMENSION.finditer(text) for word in _dimensions(match)]
    text = _DIMENSION.sub(" ", _AREA.sub(" ", text))
    text = _CONTAINER.sub(" ", text)
    text = _SIZE.sub(" ", text)
    words += [word for run in _RUN.findall(text) for word in _variants(run)]
    if _HAN.fullmatch(spec):
        words.append(spec)
    return tuple(dict.fromkeys(word for word in words if word not in _NOTHING))


def dimension(spec: str) -> tuple[str, str] | None:
    """Count and unit of the first measure by which a spec is named and never counted: ("28", "码")."""
    match = _DIMENSION.search(normalise(spec).text)
    return (match["count"], match["unit"].lower()) if match else None


def measure(spec: str) -> tuple[str, str] | None:
    """Count and unit of the first amount that a spec names in figures: ("200", "ml")."""
    match = _SIZE.search(normalise(spec).text)
    return (match["count"], match["unit"].lower()) if match and match["count"].isdecimal() else None


def _both_ends(match: re.Match[str]) -> Iterator[str]:
    low, high, unit = match["from"], match["to"], match["unit"]
    for joint in "-到":
        yield from (low + joint + high + unit, low + joint + high)
    for end in (low, high):
        yield from (end + unit, end + "的", end + "那")
        if len(end) > 1:
            yield end


def _dimensions(match: re.Match[str]) -> Iterator[str]:
    """1.8米 is also 1米8 and 一米八."""
    count, unit = match["count"], match["unit"]
    yield count + unit
    if unit in {"码", "cm"} and count.isdecimal() and int(count) in _HEIGHTS:
        tens = _NUMERALS[int(count) // 10 % 10]
        yield from ("一百" + tens, "一米" + tens)
    whole, _, part = count.partition(".")
    if len(whole) == 1:
        numeral = _NUMERALS[int(whole)]
        yield numeral + unit + (_NUMERALS[int(part)] if len(part) == 1 else "")
    if len(part) == 1:
        yield whole + unit + part
        yield count


def _variants(run: str) -> Iterator[str]:
    if run[0].isascii():
        yield from _latin(run)
        return
    if len(run) > 1 or _PLAIN.match(run):
        yield run
    for length in range(len(run) - 1, 1, -1):
        yield run[:length]
        yield run[-length:]
    if (short := _TAIL.sub("", run)) and len(short) > 1:
        yield short
    yield from _COLOUR.findall(run)
    if len(run) > 1 and (sign := _COLOUR_SIGN.search(run.removesuffix("色"))):
        yield sign[0]
    yield from (word for label, words in _ALSO_CALLED.items() if run.startswith(label) for word in words)
    if _PLAIN.match(run) and not (run[0] in _SIZES_OF_COLOURS and run.endswith("色")):
        yield run[0]
        yield from _ALSO.get(run[0], ())
    if run[0] in _TASTES:
        yield from (run[0] + "口", run[0] + "味")
    if len(run) > 1 and _PLAIN.match(run[1]) and run[0] in "老小大":
        yield run[1]


def _latin(run: str) -> Iterator[str]:
    yield run
    letters, digits = re.match(r"([A-Za-z]*)([0-9]*)", run).groups()  # type: ignore[union-attr]  # matches empty
    if digits and len(letters) <= 1 and (letters or len(digits) > 1):
        if len(digits) > 1:
            yield digits  # a single one is a count: 唇膜1 is no N1
        yield digits + "号"
    elif letters and not digits:
        yield letters
        yield from _LETTER_SIZES.get(letters.upper(), ())
        yield from (letters + "码", letters + "号")
