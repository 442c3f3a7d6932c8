"""References to goods: a name, its specs and sizes as one, and the SKUs that remain."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.understanding import Situation
from nlp import attributes
from nlp.grammar.token import Token
from nlp.grammar.words import Kind
from nlp.lexicon import Lexicon
from nlp.quantities import Quantity

_BRIDGES = frozenset((Kind.SPACE, Kind.THAT, Kind.SELF, Kind.SOFT, Kind.WANT, Kind.IS, Kind.SET, Kind.STILL))
_WORDS = frozenset((Kind.WANT, Kind.SET, Kind.IS, Kind.STILL))
"""Bridges that say something of their own."""
_BIG, _SMALL = frozenset("大长高多粗厚"), frozenset("小短矮低少细薄")
_CHOICES = 6
"""Goods of which one may be asked to choose in one line."""
_WIDEST = 6
"""Characters between a name and its spec: 垃圾袋我要那个大号的."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """SKU codes that a stretch of tokens may mean; `named` when goods and not only a spec were said."""

    skus: tuple[str, ...]
    named: bool
    spans: tuple[tuple[int, int], ...]
    score: float = 1.0
    text: str = ""
    sized: bool = False  # a size was said that may be the spec or the count

    @property
    def single(self) -> bool:
        """Whether it means one SKU only."""
        return len(self.skus) == 1


def joined(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Token | Reference]:
    """Tokens with goods and sizes turned into references, specs joined to the names beside them."""
    held: Reference | None = None
    between: list[Token] = []
    kept: list[Token] = []
    for token in tokens:
        found = _reference(token, lexicon)
        if found is None:
            if held and _bridges(held, between, token):
                between.append(token)
                continue
            yield from (*kept, *_flushed(held, between), token)
            held, between, kept = None, [], []
            continue
        if held and (both := _both(held, found, between)):
            kept += [one for one in between if one.kind in _WORDS]
            held, between = both, []
            continue
        yield from (*kept, *_flushed(held, between))
        held, between, kept = found, [], []
    yield from (*kept, *_flushed(held, between))


def _bridges(held: Reference, between: Sequence[Token], token: Token) -> bool:
    """Whether a name may still follow; one odd character may stand between the two (小瓶奶, 韭菜蛋水饺)."""
    if token.kind is Kind.REST:
        return not held.named and not between and len(token.text) == 1
    return token.kind in _BRIDGES and sum(len(one.text) for one in (*between, token)) <= _WIDEST


def _flushed(held: Reference | None, between: Iterable[Token]) -> Iterator[Token | Reference]:
    if held is not None:
        yield held
    yield from between


def _reference(token: Token, lexicon: Lexicon) -> Reference | None:
    if token.mention is not None and token.kind is Kind.ITEM:
        mention = token.mention
        return Reference(
            skus=mention.skus,
            named=not mention.attribute,
            spans=((token.start, token.end),),
            score=mention.score,
            text=token.text,
        )
    if token.kind is Kind.SIZE and token.quantity is not None:
        skus = sized(lexicon, token.quantity)
        if skus:
            return Reference(
                skus=skus, named=False, spans=((token.start, token.end),), text=token.text, sized=True
            )
    return None


def sized(lexicon: Lexicon, quantity: Quantity) -> tuple[str, ...]:
    """The SKUs of which the spec or the declared weight is this size."""
    wanted = attributes.size(Fraction(quantity.value).limit_denominator(1000), quantity.unit)
    return tuple(
        sku.code
        for sku in lexicon.catalogue
        if wanted in attributes.sizes(sku.spec)
        or (
            sku.weight_jin is not None
            and wanted == attributes.Size(value=500 * Fraction(sku.weight_jin), kind="mass")
        )
    )


def _both(one: Reference, other: Reference, between: Sequence[Token]) -> Reference | None:
    """Two references as one when they can mean the same and at most one of them needs no other."""
    skus = tuple(sku for sku in one.skus if sku in other.skus)
    if not skus or (one.named and other.named and any(token.text != "的" for token in between)):
        return None
    if one.single and other.single and between:
        return None
    return Reference(
        skus=skus,
        named=one.named or other.named,
        spans=(*one.spans, *other.spans),
        score=min(one.score, other.score),
        text=other.text if one.named else one.text,
        sized=one.sized or other.sized,
    )


def within(reference: Reference, family: Sequence[str]) -> Reference:
    """The reference held against what the talk is about; unchanged when they have nothing in common."""
    common = tuple(sku for sku in reference.skus if sku in family)
    return replace(reference, skus=common) if common else reference


def family(lexicon: Lexicon, skus: Iterable[str]) -> tuple[str, ...]:
    """All SKUs that share a name with one of `skus`."""
    names = {sku.name for code in skus if (sku := lexicon.catalogue.get(code))}
    return tuple(sku.code for sku in lexicon.catalogue if sku.name in names)


def narrowed(
    reference: Reference, lexicon: Lexicon, situation: Situation, quantity: Quantity | None, *, own: bool
) -> Reference:
    """The reference without what cannot be meant: not ordered (for changes), delisted, of another unit."""
    skus = reference.skus
    if len(skus) > 1 and own:
        skus = _kept(skus, (code for code in skus if situation.own_order.get(code, 0) > 0))
    if len(skus) > 1:
        skus = _kept(skus, (code for code in skus if lexicon.catalogue[code].on_sale))
    if len(skus) > 1 and quantity is not None and quantity.unit:
        skus = _kept(skus, (code for code in skus if lexicon.catalogue[code].unit == quantity.unit))
    if len(skus) > 1:
        skus = _kept(skus, (code for code in skus if lexicon.catalogue[code].is_default))
    return replace(reference, skus=skus)


def sold_so(lexicon: Lexicon, spec: Reference, meant: Reference, quantity: Quantity | None) -> Reference:
    """大号的拿六卷: what is 大号 and sold by the roll, where what the talk is about is not."""
    unit, catalogue = quantity.unit if quantity else "", lexicon.catalogue
    skus = tuple(code for code in spec.skus if catalogue[code].unit == unit)
    if not skus or any(catalogue[code].unit == unit for code in meant.skus):
        return meant
    return replace(spec, skus=skus)


def sold_by(lexicon: Lexicon, quantity: Quantity | None) -> tuple[str, ...]:
    """给我两盒: all that is sold by the box, where that is not too much to choose from."""
    unit = quantity.unit if quantity else ""
    skus = tuple(sku.code for sku in lexicon.catalogue.on_sale if unit and sku.unit == unit)
    return skus if len(skus) <= _CHOICES else ()


def _kept(skus: tuple[str, ...], some: Iterable[str]) -> tuple[str, ...]:
    return tuple(some) or skus


def by_size(lexicon: Lexicon, word: str, skus: Sequence[str]) -> str | None:
    """The SKU that 大 or 小 means where the specs only differ in a size that can be compared."""
    if word[:1] not in _BIG | _SMALL or len(skus) < 2:  # noqa: PLR2004  # one has nothing to be compared with
        return None
    measured = [(attributes.sizes(lexicon.catalogue[code].spec), code) for code in skus]
    if not all(sizes for sizes, _ in measured) or len({sizes[0].kind for sizes, _ in measured}) != 1:
        return None
    ordered = sorted(measured, key=lambda pair: pair[0][0].value)
    return ordered[-1][1] if word[0] in _BIG else ordered[0][1]


def ending(lexicon: Lexicon, token: Token) -> Iterator[Reference]:
    """除了油: goods of which the name ends in the word."""
    skus = tuple(
        sku.code
        for sku in lexicon.catalogue
        if any(name.endswith(token.text) for name in (sku.name, *sku.aliases))
    )
    if skus:
        yield Reference(skus=skus, named=True, spans=((token.start, token.end),))
