"""Questions back: what of a wish stays open, with the choices that it leaves."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.understanding import Choice, Unclear, UnclearReason
from nlp.grammar import amounts
from nlp.grammar.wishes import Act, Wish
from shop.catalogue import Sku
from shop.changes import Change, ChangeKind

KINDS = {Act.ADD: ChangeKind.ADD, Act.SET: ChangeKind.SET, Act.LESS: ChangeKind.SUBTRACT}
Kind = Callable[[Wish, str, int], ChangeKind]
"""How a wish changes units of a SKU."""


def question(reason: UnclearReason, wish: Wish, skus: Sequence[Sku], text: str, kind: Kind) -> Unclear:
    """What to ask about a wish of the text, and the changes that each of the SKUs would make of it."""
    starts, ends = zip(*wish.spans, strict=True) if wish.spans else ((0,), (len(text),))
    span = min(starts), max(ends)  # a count may stand before its goods
    return Unclear(
        reason=reason,
        span=span,
        text=text[span[0] : span[1]],
        choices=tuple(choice for sku in skus for choice in _choices(wish, sku, reason, kind)),
        sku=skus[0].code if len(skus) == 1 else "",
    )


def _choices(wish: Wish, sku: Sku, reason: UnclearReason, kind: Kind) -> Iterator[Choice]:
    if reason in {UnclearReason.SPEC, UnclearReason.ITEM}:
        units = 1 if wish.quantity is None else amounts.units(sku, wish.quantity)
        if not isinstance(units, UnclearReason):
            yield _choice(wish, sku, units, sku.label or sku.code, kind)
        return
    if wish.quantity is None or reason is UnclearReason.UNIT:
        return
    for units in amounts.around(sku, wish.quantity):
        yield _choice(wish, sku, units, f"{sku.label} {units}{sku.unit}", kind)


def _choice(wish: Wish, sku: Sku, units: int, label: str, kind: Kind) -> Choice:
    act = wish if wish.act in KINDS else replace(wish, act=Act.ADD)
    change = Change(kind=kind(act, sku.code, units), sku=sku.code, quantity=units, spans=wish.spans)
    return Choice(label=label, changes=(change,))
