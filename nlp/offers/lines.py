"""One line of an offer: code, name, spec, price, limit, stock, written in any order that people use."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from nlp.measures import measured
from nlp.normalise import normalise
from nlp.offers.codes import free_code
from shop.catalogue import PriceTier, Sku
from shop.money import Fen, parse_yuan

_UNIT = (
    "箱|盒|份|包|袋|瓶|罐|桶|件|条|块(?![0-9钱])|根|支|枝|把|串|束|捆|扎|筐|篮|篓|板|打|对|双|套|组|提|听|颗|粒|枚|片|张|卷|杯|碗|"
    "只|个|公斤|斤|kg|盘|壶|坛|坨|朵|棵|株|头|尾|台|本|床|排|托|笼|屉|贴|节|段|碟|兜|盆|筒|管|副|幅|部|样|款|单|网|刀"
)
_MEASURE = (
    "公斤|千克|斤|kg|KG|Kg|克|g|G|毫升|ml|ML|升|L|枚|个|只|片|根|支|粒|颗|抽|寸|cm|CM|厘米|米|"
    "条|块|卷|张|包|袋|瓶|两|头|节|朵|枝|双|对|件|罐|杯|盒"
)
_N = r"[0-9]+(?:\.[0-9]{1,2})?"
_ABOUT = "(?:约|大约|净重|毛重|净含量|每[箱盒袋份])?"
_SPEC = rf"{_ABOUT}[0-9]+(?:\.[0-9]+)?(?:[-~][0-9]+(?:\.[0-9]+)?)? ?(?:{_MEASURE})(?:左右|装|规格|以上)?"
_MONEY = rf"(?:¥ ?)?(?P<price>{_N}|[0-9]+块[0-9])(?![0-9.]) ?(?:元|块钱|块(?![0-9])|rmb|RMB|r(?![a-z]))?"
_CODE = re.compile(
    r"\s*[【\[(]?(?P<code>[A-Z]{1,2}[0-9]{0,2}|[a-z](?![a-z])[0-9]{0,2}|[0-9]{1,2}(?![0-9.]*[0-9元块/%折]))"
    r"(?:号(?![楼栋门])|[.、:)\]】])?[\s:、.]*(?=\S)"
)
_INNER = re.compile(r"(?:^|(?<=[\s,;/|]))(?P<code>[A-Z])(?:[.、:)]|\s)?(?=[^\sA-Za-z0-9.、:)])")
_LIMIT = re.compile(
    rf"(?:每人|每户|每家|一人|单人)?(?:限购|限订|限买|限拿|限(?!量|时)|最多)(?:每人|买|订)?\s*(?P<n>[0-9]+)\s*(?:{_UNIT})?(?:/人)?|(?:每人|每户)(?P<m>[0-9]+)(?:{_UNIT})"
)
_STOCK = re.compile(
    rf"(?:库存|限量|仅有|仅剩|仅|只有|总共|共|总量|现货|一共|余量|剩余|剩|有货)[:\s]*(?P<n>[0-9]+)\s*(?:{_UNIT})?"
)
_BEFORE = re.compile(
    rf"(?:原价|市场价|门市价|超市价?|门店价?|划线价|平时)[:\s]*¥?\s*{_N}\s*(?:元|块)?(?:\s*[/一每]\s*(?:{_UNIT}))?"
)
_PRICED = (
    re.compile(rf"{_MONEY} ?(?:/|一|每|1(?=(?:{_UNIT}))) ?(?P<spec>{_SPEC})? ?(?P<unit>{_UNIT})"),
    re.compile(rf"(?:一|每|1|/)(?P<unit>{_UNIT}) ?(?:只要|仅|卖|:)? ?{_MONEY}(?! ?(?:{_MEASURE}))"),
    re.compile(rf"¥ ?(?P<price>{_N})"),
    re.compile(rf"(?P<price>{_N}) ?(?:元|块钱|块(?![0-9])|rmb|RMB)|(?P<mixed>[0-9]+块[0-9])"),
)
_BOX = "箱|盒|袋|包|瓶|桶|篮|筐|罐|份|提|件"
_SPECIFIED = re.compile(
    rf"(?P<spec>{_SPEC})(?: ?(?:/|一|每|1) ?(?P<unit>{_UNIT})(?![0-9])|(?P<bare>{_BOX})(?![0-9]))?"
)
_TIER = re.compile(
    rf"(?P<count>[2-9]|[1-9][0-9]|[两三四五六七八九十]) ?(?P<unit>{_UNIT})(?:共|只要|仅需|一共|=|:)?"
    rf"¥?(?P<total>{_N})(?:元|块)?(?![0-9.]* ?(?:{_MEASURE}))"
)
_BARE = re.compile(rf"(?<![0-9.])(?P<price>{_N})(?![0-9.]* ?(?:{_MEASURE}|%|折|[:点月日号楼栋]))(?![0-9.])")
_SIZE = re.compile(r"(?<=.)(?:特大|加大|大|中|小|迷你)(?:箱|盒|袋|包|瓶|份|桶|号|果|件|罐)$")
_SIZE_ONLY = re.compile(r"(?:特大|加大|大|中|小|迷你)(?:箱|盒|袋|包|瓶|份|桶|号|果|件|罐)")
_CONTAINER = re.compile("^.*(?=[箱盒袋包瓶份桶件罐]$)|^.*(?<![箱盒袋包瓶份桶件罐])$")
_WEIGHT = re.compile(r"(?P<n>[0-9]+(?:\.[0-9]+)?) ?(?P<unit>公斤|千克|斤|kg|克|g|两)", re.IGNORECASE)
_JIN = {
    "斤": Decimal(1),
    "公斤": Decimal(2),
    "千克": Decimal(2),
    "kg": Decimal(2),
    "克": Decimal("0.002"),
    "g": Decimal("0.002"),
    "两": Decimal("0.1"),
}
_NUMERALS = dict(zip("两三四五六七八九十", range(2, 11), strict=True))
_TRIM = " \t,。;:、.!~-—*·/|()（）【】[]<>《》#@=+✅⭐★☆●◆■"
_NOISE = re.compile(r"[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u20e3]")
_VERBAL = re.compile(
    "截单|截止|自提|取货|提货|到货|配送|运费|满|下单|付款|电话|地址|接龙|群|起送|包邮|时间|[?？]"
)
_GENERAL = "份"
_LONGEST_NAME = 24
_DEAREST = 10_000_000


@dataclass(slots=True)
class _Reading:
    """A line with what was read of it blanked out, character by character."""

    text: str
    first: int

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.search(self.text)
        if match:
            self.blank(match)
        return match

    def blank(self, match: re.Match[str]) -> None:
        start, end = match.span()
        self.text = self.text[:start] + "\0" * (end - start) + self.text[end:]
        self.first = min(self.first, start)


def goods_line(line: str, taken: tuple[str, ...] = ()) -> Sku | None:
    """Goods as one line describes them; a code that is not written is the first that is not `taken`.

    None when the line names nothing, or no price.
    """
    text = _NOISE.sub(" ", normalise(line).text).strip()
    return _goods(text, taken, "")


def goods_lines(line: str, taken: tuple[str, ...] = ()) -> Iterator[Sku]:
    """All goods of a line: A苹果59.9 B梨45, or 苹果大箱10斤59.9 小箱5斤32.9."""
    text = _NOISE.sub(" ", normalise(line).text).strip()
    parts = _parts(text)
    name = ""
    for part in parts:
        sku = _goods(part, taken, name)
        if sku is not None:
            taken = (*taken, sku.code)
            name = sku.name
            yield sku


def _parts(text: str) -> list[str]:
    """A line cut where codes run on, or where every word has a price of its own."""
    starts = [match.start("code") for match in _INNER.finditer(text)]
    letters = [text[start] for start in starts]
    if len(starts) > 1 and all(ord(one) < ord(other) for one, other in pairwise(letters)):
        ends = [*starts[1:], len(text)]
        return [text[start:end] for start, end in zip(starts, ends, strict=True)]
    words = [word for word in re.split(r"[\s,;]+", text) if word]
    if len(words) > 1 and all(_has_price(word) for word in words):
        return words
    return [text]


def _has_price(word: str) -> bool:
    return _goods(word, (), "x") is not None


def _goods(text: str, taken: tuple[str, ...], name_before: str) -> Sku | None:
    if _VERBAL.search(text):
        return None
    code, body = _coded(text)
    reading = _Reading(body, len(body))
    limit, stock = reading.take(_LIMIT), reading.take(_STOCK)
    reading.take(_BEFORE)
    price, unit, spec = _price(reading)
    if price is None or not 0 < price <= _DEAREST:
        return None
    left = (
        reading.take(re.compile(rf"(?<![0-9.])(?P<n>[0-9]+) ?{re.escape(unit)}(?![0-9/一])"))
        if unit and not stock
        else None
    )
    name, size = _named(body[: reading.first] or reading.text, name_before)
    unit = unit or _CONTAINER.sub("", size)
    if not name or len(name) > _LONGEST_NAME:
        return None
    spec = f"{size}{spec}"
    return Sku(
        code=code if code and code not in taken else free_code(taken),
        name=name,
        unit=unit or _tier_unit(reading.text) or _GENERAL,
        price=price,
        spec=spec,
        weight_jin=_weight(spec, unit),
        limit=_count(limit) or None,
        stock=_count(stock) if stock else _count(left) if left else None,
        tiers=tuple(_tiers(reading.text, price)),
    )


def _coded(text: str) -> tuple[str, str]:
    """The code in front of a line and what follows; a count of something (6寸蛋糕) is no code."""
    match = _CODE.match(text)
    if match is None or (
        match["code"][0].isdecimal() and measured(text, match.end("code")) and "号" not in match[0]
    ):
        return "", text
    return match["code"].upper(), text[match.end() :]


def _price(reading: _Reading) -> tuple[Fen | None, str, str]:
    """Price, unit and spec, each taken out of the line; the price None when there is none."""
    priced = next((match for pattern in _PRICED if (match := reading.take(pattern))), None)
    groups = priced.groupdict() if priced else {}
    specified = reading.take(_SPECIFIED) if not groups.get("spec") else None
    unit: str = groups.get("unit") or ""
    spec = groups.get("spec") or ""
    if specified and specified["unit" if specified["unit"] else "bare"]:
        unit = unit or specified["unit"] or specified["bare"]
    if specified and not _is_stock(specified, unit, priced):
        spec = specified["spec"]
    elif specified:
        reading.text = reading.text[: specified.start()] + specified[0] + reading.text[specified.end() :]
    written = groups.get("price") or (groups.get("mixed") or "").replace("块", ".")
    if not written:
        bare = list(_BARE.finditer(reading.text))
        if not bare:
            return None, unit, spec.strip()
        reading.blank(bare[-1])
        written = bare[-1]["price"]
    return parse_yuan(written.replace("块", ".")), unit, spec.strip()


def _is_stock(specified: re.Match[str], unit: str, priced: re.Match[str] | None) -> bool:
    """25一盒 10盒: a count of the very unit, behind the price, is how many there are."""
    return bool(priced and unit and specified["spec"].endswith(unit) and specified.start() > priced.start())


def _named(written: str, before: str) -> tuple[str, str]:
    """The name, and a size at its end that belongs to the spec."""
    name = " ".join(written.replace("\0", " ").strip(_TRIM).split())
    if before and (not name or _SIZE_ONLY.fullmatch(name)):
        return before, name
    size = _SIZE.search(name)
    if size and size.start() > 1:
        return name[: size.start()].strip(_TRIM), size[0]
    return name, ""


def _weight(spec: str, unit: str) -> Decimal | None:
    if unit in {"斤", "公斤", "kg"}:
        return _JIN[unit]
    match = _WEIGHT.search(spec)
    if match is None or re.search(r"[-~]", spec):
        return None
    jin = Decimal(match["n"]) * _JIN[match["unit"].lower()]
    return Decimal(f"{jin.normalize():f}") or None


def _count(match: re.Match[str] | None) -> int:
    if match is None:
        return 0
    groups = match.groupdict()
    return int(groups.get("n") or groups.get("m") or 0)


def _tier_unit(text: str) -> str:
    match = _TIER.search(text)
    return match["unit"] if match else ""


def _tiers(text: str, price: Fen) -> Iterator[PriceTier]:
    for match in _TIER.finditer(text):
        count = _NUMERALS.get(match["count"]) or int(match["count"])
        total = parse_yuan(match["total"])
        if price < total <= price * count:
            yield PriceTier(quantity=count, total=total)
