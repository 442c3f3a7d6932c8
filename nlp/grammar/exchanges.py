"""Exchanges: which of the goods ordered give way, and to which SKU."""

from collections.abc import Sequence

from bot.understanding import Situation
from nlp.grammar.references import Reference, family, narrowed
from nlp.grammar.wishes import Act, Wish
from nlp.lexicon import Lexicon
from shop.changes import Change, ChangeKind


def sources(wish: Wish, lexicon: Lexicon, situation: Situation, named: Sequence[str]) -> tuple[str, ...]:
    """The SKUs given up; when the wish names none, its like, what the message `named`, the last."""
    held = [code for code, units in situation.own_order.items() if units > 0]
    if wish.goods is not None:
        known = tuple(code for code in wish.goods.skus if code in held)
        return known[:1] if wish.goods.named and wish.quantity else known
    return _unnamed(wish, lexicon, situation, [code for code in held if code in named]) if wish.to else ()


def given_up(wish: Wish, goods: Reference, situation: Situation) -> list[Change]:
    """我那两双拖鞋都退了, where two pairs of whatever size are all that was ordered of them."""
    held = [code for code in goods.skus if situation.own_order.get(code, 0) > 0]
    units = sum(situation.own_order[code] for code in held)
    if wish.act is not Act.LESS or not wish.dropping or wish.quantity is None or wish.quantity.value != units:
        return []
    return [Change(kind=ChangeKind.DROP, sku=code, spans=wish.spans) for code in held]


def _unnamed(wish: Wish, lexicon: Lexicon, situation: Situation, named: Sequence[str]) -> tuple[str, ...]:
    target = wish.to.skus if wish.to else ()
    held = [code for code, units in situation.own_order.items() if units > 0]
    rest = [code for code in held if code not in target]
    kin = family(lexicon, target)
    near = [code for code in rest if code in kin]
    if wish.instead and not near:
        return _last(wish, situation, held)
    if near or wish.corrected or (wish.to and _named_before(wish.to)):
        return tuple(near)
    if len(target) == 1 and target[0] in held and not rest and wish.to_quantity is not None:
        return target  # 换成红的一个蓝的一个, by who has red ones
    focus = [code for code in named if code in rest] or [
        code for code in situation.focus.skus if code in rest
    ]
    return tuple(focus or (rest if len(rest) == 1 else ()))


def _last(wish: Wish, situation: Situation, held: Sequence[str]) -> tuple[str, ...]:
    """不对 是草莓: what was ordered last, which was the wrong thing, or the wrong count of the same."""
    last = [code for code in situation.own_last.lines if code in held] if situation.own_last else []
    target = wish.to.skus if wish.to else ()
    if wish.to_quantity is not None and (same := tuple(code for code in target if code in held)):
        return same
    return tuple(last) if len(last) == 1 and last[0] in situation.focus.skus else ()


def targets(
    source: str, target: Reference, wish: Wish, lexicon: Lexicon, situation: Situation
) -> tuple[str, ...]:
    """The SKUs swapped to: of the source's own name where it can be, else as much like it as can be."""
    skus = target.skus
    if len(skus) > 1:
        skus = tuple(code for code in skus if code != source) or skus
        kin = family(lexicon, (source,))
        skus = tuple(code for code in skus if code in kin) or skus
    if len(skus) > 1:
        skus = _most_alike(source, skus, lexicon)
    reference = Reference(skus=skus, named=True, spans=())
    return narrowed(reference, lexicon, situation, wish.to_quantity, own=False).skus


def _most_alike(source: str, skus: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    spec = lexicon.catalogue[source].spec
    alike = {code: len(set(spec) & set(lexicon.catalogue[code].spec)) for code in skus}
    best = max(alike.values())
    return tuple(code for code in skus if alike[code] == best) if best else skus


def in_place_of_dropped(
    changes: list[Change], wish: Wish, code: str, lexicon: Lexicon, situation: Situation
) -> bool:
    """Of what these changes give up, a like one that the wish is for is what comes for it."""
    kin = family(lexicon, (code,))
    for place, change in enumerate(changes):
        held = change.sku != code and situation.own_order.get(change.sku)
        if change.kind is ChangeKind.DROP and change.sku in kin and held:
            spans = (*change.spans, *wish.spans)
            changes[place] = Change(kind=ChangeKind.SWAP, sku=change.sku, to=code, spans=spans)
            return True
    return False


def _named_before(target: Reference) -> bool:
    """苹果改成小箱的: the name stands before the word that swaps, and only the spec behind it."""
    pairs = zip(target.spans, target.spans[1:], strict=False)
    return any(one[1] < two[0] for one, two in pairs)
