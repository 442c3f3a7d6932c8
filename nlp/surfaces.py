"""Surfaces: every way to write what a catalogue has, and the SKUs that each may stand for."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from nlp import attributes, segment
from nlp.normalise import normalise
from shop.catalogue import Catalogue, Sku

NAME, ALIAS, CODE, SPEC, SHORT, PINYIN, TYPO = "name", "alias", "code", "spec", "short", "pinyin", "typo"
RANK = {how: rank for rank, how in enumerate((CODE, NAME, ALIAS, SPEC, SHORT))}

HAN_RUN = re.compile("[\u4e00-\u9fff]{2,}")
_NUMERAL = re.compile("[一二两三四五六七八九十0-9]")
_PART = re.compile("[整半][只个条头块片颗棵扇边箱盒](?![0-9])")
_MARK = re.compile("[0-9]{1,2}[A-Za-z](?![A-Za-z])|[A-Za-z][0-9]{1,2}(?![0-9])")
"""2B of 2B铅笔, A4 of A4纸."""
COLOURS = frozenset("红橙黄绿青蓝紫黑白灰粉棕男女")
_SUFFIXES = frozenset("子儿头")
_TWO_WORDS = 4
_SEVERAL = 2
_AXES = {
    "米": (("长", "长款", "大"), ("短", "短款", "小")),
    "厘米": (("长", "大"), ("短", "小")),
    "": (("大", "大号"), ("小", "小号")),
}
"""Words for more and for less of a measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """One way to write something: the SKUs that it may stand for."""

    text: str
    skus: tuple[str, ...]
    how: str


def surfaces(catalogue: Catalogue) -> tuple[Surface, ...]:
    """Every surface with the best way in which it names something; the same way joins its SKUs."""
    ways: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for sku in catalogue:
        told_apart = (
            *_compared(sku, catalogue),
            *_contrasted(sku, catalogue),
            *_numbered(sku, catalogue),
            *_packed(sku, catalogue),
        )
        for how, text in (*_written(sku), *((SPEC, word) for word in told_apart)):
            folded = lower(normalise(text).text).strip()
            if folded and sku.code not in ways[folded][how]:
                ways[folded][how].append(sku.code)
    return tuple(_settled(text, hows) for text, hows in ways.items())


def _settled(text: str, hows: Mapping[str, list[str]]) -> Surface:
    """A name of one thing that is also an alias of another stands for both; parts of words do not."""
    goods = [sku for how in (NAME, ALIAS) for sku in hows.get(how, ())]
    if goods:
        return Surface(text=text, skus=tuple(dict.fromkeys(goods)), how=NAME if NAME in hows else ALIAS)
    how = min(hows, key=lambda one: RANK[one])
    return Surface(text=text, skus=tuple(hows[how]), how=how)


def _compared(sku: Sku, catalogue: Catalogue) -> Iterator[str]:
    """大的, 短的: the words for the largest and the smallest of those that differ in one measure."""
    kin = [one for one in catalogue if one.name == sku.name]
    measured = [attributes.sizes(one.spec) for one in kin]
    if len(kin) < _SEVERAL or not all(measured) or len({sizes[0].kind for sizes in measured}) != 1:
        return
    values = [sizes[0].value for sizes in measured]
    own = attributes.sizes(sku.spec)[0]
    taken = {word for one in kin for word in attributes.attributes(one.spec)}
    if values.count(own.value) == len(values) or own.value not in {max(values), min(values)}:
        return
    large, small = _AXES.get(own.kind, _AXES[""])
    words = large if own.value == max(values) else small
    yield from (word for word in words if not taken & {*large, *small} and word not in taken)


def _contrasted(sku: Sku, catalogue: Catalogue) -> Iterator[str]:
    """粉 and 脆 of 粉藕 and 脆藕: what is left of a spec without that which its like have too."""
    own = attributes.attributes(sku.spec)[:1]
    likes = [attributes.attributes(one.spec)[:1] for one in catalogue if one.name == sku.name and one != sku]
    for word in own:
        for other in (word for like in likes for word in like if word not in own):
            left = _without_common(word, other)
            if left and left != word and not _NUMERAL.search(left):
                yield left


def _without_common(word: str, other: str) -> str:
    """The word without the end, or else the beginning, that it shares with a word of the same length."""
    if len(word) != len(other) or not HAN_RUN.fullmatch(word):
        return ""
    end = _shared(word[::-1], other[::-1])
    return word[:-end] if end else word[_shared(word, other) :]


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = zip(one, other, strict=True)
    return next((index for index, (mine, its) in enumerate(pairs) if mine != its), len(one))


def _numbered(sku: Sku, catalogue: Catalogue) -> Iterator[str]:
    """28 of 28码, 200的 of 200ml where the specs of one name differ in it; 8的 of 8斤 is a count."""
    kin = [one.spec for one in catalogue if one.name == sku.name]
    if own := _told_by(attributes.dimension, sku.spec, kin):
        yield from (own + word for word in ("的", "那"))
        if len(own) > 1 and own.isdecimal():
            yield own
    elif len(own := _told_by(attributes.measure, sku.spec, kin)) > 1:
        yield from (own + word for word in ("的", "那"))


def _told_by(measure: Callable[[str], tuple[str, str] | None], spec: str, kin: Iterable[str]) -> str:
    """The number of the spec's measure when those of one name differ in it."""
    own = measure(spec)
    numbers = {one[0] for each in kin if (one := measure(each)) and own and one[1] == own[1]}
    return own[0] if own and len(numbers) >= _SEVERAL else ""


def _packed(sku: Sku, catalogue: Catalogue) -> Iterator[str]:
    """盒的, 桶装 where the same goods are sold by different units."""
    if len({one.unit for one in catalogue if one.name == sku.name}) >= _SEVERAL:
        yield from (sku.unit + word for word in ("的", "装", "那", "嘅"))


def _whole_or_half(sku: Sku) -> Iterator[str]:
    """整只 and 半只, where a spec begins so: no count there."""
    if part := _PART.match(normalise(sku.spec).text):
        yield part[0]


def _coloured(sku: Sku) -> Iterator[str]:
    """红笔, 男袜: the colour and the last character of the name."""
    head = sku.name[-1]
    if "\u4e00" <= head <= "\u9fff" and head != sku.unit:
        for word in attributes.attributes(sku.spec):
            if word in COLOURS:
                yield word + head


def _written(sku: Sku) -> Iterator[tuple[str, str]]:
    yield NAME, sku.name
    for alias in sku.aliases:
        yield ALIAS, alias
    for word in (*attributes.attributes(sku.spec), *_whole_or_half(sku), *_coloured(sku)):
        if word != f"一{sku.unit}":  # 一提 of 10卷一提 counts
            yield SPEC, word
    for name in (sku.name, *sku.aliases):
        yield from _parts(name)


def _parts(name: str) -> Iterator[tuple[str, str]]:
    if "\u4e00" <= name[-1] <= "\u9fff" and name[-1] not in _SUFFIXES:
        yield SHORT, name[-1]  # 来桶油
    if mark := _MARK.match(name):
        yield SPEC, mark[0]
    for run in HAN_RUN.findall(normalise(name).text):
        for length in range(2, len(run)):
            yield SHORT, run[-length:]
            yield SHORT, run[:length]
        if segment.known(head := run[-1] + "子"):
            yield SHORT, head  # 杯子 for 保温杯
        if len(run) == _TWO_WORDS and not segment.known(run[0] + run[-1]):
            yield SHORT, run[0] + run[-1]  # 葡挞 for 葡式蛋挞


def lower(text: str) -> str:
    """ASCII letters in lower case, every character in its place."""
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text) if not text.islower() else text
