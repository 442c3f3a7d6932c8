"""Answers that contradict the shop file: another cutoff, another price, another pickup point."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.shopfile import ShopFile
from nlp.faq.entries import LOCAL, Entry
from nlp.moments import PATTERN, moment_of
from nlp.normalise import normalise
from shop.catalogue import Sku
from shop.money import Fen, format_yuan, parse_yuan

_CLAUSE = re.compile(r"[,。;!?\n]")
_FACT = re.compile(r"\{[^{}]*\}")
_CUTOFF = re.compile(r"截单(?![以之]?后)|截团(?![以之]?后)|停止接龙")
_MIDNIGHT = datetime(2026, 1, 1, tzinfo=LOCAL)
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?) ?(?:元|块)(?!\d)")
_OTHER_MONEY = re.compile(r"[满减差券退赔补抵邮送押]|运费|红包|起送|积分|以[上下内]")
"""Amounts beside these are no price of the goods."""
_PLACE = re.compile(
    r"(?:自提|取货|提货|拿货|领取)(?:的?(?:地[点址方]|位置)|点)?(?:就?[在到是去]|:)(?P<place>[^{},。;!?\n]{2,20})"
)
_PLACE_LIKE = re.compile(r"[栋幢座楼门厅亭站店铺室库口院超市驿站岗柜]")
_LOOSE = re.compile(r"[\s的里内旁边号]")


def conflicts(entry: Entry, shops: Sequence[ShopFile]) -> Iterator[str]:
    """What an entry's answers say otherwise than every one of the shop files, in words."""
    for answer in entry.a:
        said = _FACT.sub("", normalise(answer).text)
        yield from _other_cutoff(said, shops)
        yield from _other_price(said, shops)
        yield from _other_place(said, shops)


def _other_cutoff(said: str, shops: Sequence[ShopFile]) -> Iterator[str]:
    cutoffs = {shop.entry.cutoff.strftime("%H:%M") for shop in shops if shop.entry.cutoff is not None}
    clauses = [clause for clause in _CLAUSE.split(said) if _CUTOFF.search(clause)]
    found = [match for clause in clauses for match in PATTERN.finditer(clause)]
    if cutoffs and found and not any(_clocks(match) & cutoffs for match in found):
        yield f"写的是 {found[0][0].strip()}，商品文件里的截单时间是 {'、'.join(sorted(cutoffs))}"


def _clocks(match: re.Match[str]) -> frozenset[str]:
    """The times of day that are meant: 八点 alone may be in the morning or in the evening."""
    moment = moment_of(match, _MIDNIGHT)
    if moment is None:
        return frozenset()
    hours = {moment.hour} if match["part"] or match["hour"] else {moment.hour % 12, moment.hour % 12 + 12}
    return frozenset(f"{hour:02}:{moment.minute:02}" for hour in hours)


def _other_price(said: str, shops: Sequence[ShopFile]) -> Iterator[str]:
    skus = [sku for shop in shops for sku in shop.catalogue.skus]
    for clause in _CLAUSE.split(said):
        named = _named(clause, skus)
        if not named or _OTHER_MONEY.search(clause):
            continue
        right = frozenset(price for sku in named for price in _prices(sku))
        wrong = [amount for amount in map(parse_yuan, _AMOUNT.findall(clause)) if amount not in right]
        if wrong:
            prices = "、".join(sorted({format_yuan(sku.price) for sku in named}))
            yield f"写的是 {format_yuan(wrong[0])}，商品文件里{named[0].name}是 {prices}"


def _named(clause: str, skus: Sequence[Sku]) -> Sequence[Sku]:
    """The goods that a clause names, if it names only one kind: those of the longest word found."""
    words = {word for sku in skus for word in (sku.name, *sku.aliases) if word in clause}
    longest = {word for word in words if not any(word != other and word in other for other in words)}
    named = [sku for sku in skus if longest & {sku.name, *sku.aliases}]
    return named if len({sku.name for sku in named}) == 1 else ()


def _prices(sku: Sku) -> Iterator[Fen]:
    yield sku.price
    for tier in sku.tiers:
        yield tier.total
        if tier.total % tier.quantity == 0:
            yield Fen(tier.total // tier.quantity)


def _other_place(said: str, shops: Sequence[ShopFile]) -> Iterator[str]:
    points = [point for shop in shops for point in shop.entry.pickup]
    for match in _PLACE.finditer(said) if points else ():
        place = match["place"]
        if _PLACE_LIKE.search(place) and not any(_same_place(place, point) for point in points):
            yield f"写的自提点是 {place}，商品文件里是 {'、'.join(points)}"


def _same_place(place: str, point: str) -> bool:
    one, other = _LOOSE.sub("", place), _LOOSE.sub("", normalise(point).text)
    return one in other or other in one
