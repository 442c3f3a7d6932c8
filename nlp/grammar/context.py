"""What a message leaves unsaid and the talk tells: whose spec, which goods, whose order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.understanding import Situation
from nlp.grammar.namesakes import of_whom
from nlp.grammar.references import Reference, by_size, family
from nlp.grammar.wishes import Wish
from nlp.lexicon import Lexicon

_SETS = frozenset(("套", "单"))
"""Measure words for all that somebody ordered."""


class Context:
    """The talk around the message `text`; `named` are the goods that the message itself named last."""

    def __init__(self, lexicon: Lexicon, situation: Situation, text: str) -> None:
        self._lexicon = lexicon
        self._situation = situation
        self._whom = of_whom(text, situation.recent)
        self.named: tuple[str, ...] = ()

    def of_spec(self, spec: Reference) -> Reference:
        """A spec without a name belongs to the goods that were spoken of last."""
        for skus in self._contexts():
            common = tuple(sku for sku in spec.skus if sku in family(self._lexicon, skus))
            if common:
                return replace(spec, skus=common)
            if compared := by_size(self._lexicon, spec.text, family(self._lexicon, skus)):
                return replace(spec, skus=(compared,))
        return spec

    def _contexts(self) -> Iterator[Sequence[str]]:
        situation = self._situation
        yield self.named
        if situation.pending:
            yield pending_skus(situation)
        if situation.quoted:
            yield tuple(situation.quoted.lines)
        yield situation.focus.skus
        yield tuple(situation.own_order)
        if situation.recent:
            yield tuple(situation.recent[0].lines)
        yield situation.room_focus.skus

    def implied(self, *, own: bool) -> Reference | None:
        """Rule 3 and what the sender spoke of last."""
        for skus in self._implications(own=own):
            known = self._known(skus)
            if known:
                return Reference(skus=known, named=True, spans=())
        return None

    def _implications(self, *, own: bool) -> Iterator[Sequence[str]]:
        situation = self._situation
        on_sale = tuple(sku.code for sku in self._lexicon.catalogue.on_sale)
        yield self.named
        if situation.quoted:
            yield tuple(situation.quoted.lines)
        if situation.quoted_text:
            yield self._quoted_goods()
        if own:
            held = tuple(code for code, units in situation.own_order.items() if units > 0)
            yield tuple(code for code in situation.focus.skus if code in held)
            if situation.own_last:
                yield tuple(code for code in situation.own_last.lines if code in held)
            yield held if len(held) == 1 else ()
        if situation.pending:
            yield pending_skus(situation)
        yield tuple(situation.offered)
        yield situation.focus.skus
        yield on_sale if len(on_sale) == 1 else ()
        if situation.own_last and len(situation.own_last.lines) == 1:
            yield tuple(situation.own_last.lines)
        yield from self._of_the_room()

    def _of_the_room(self) -> Iterator[Sequence[str]]:
        situation = self._situation
        if situation.recent and len(situation.recent[0].lines) == 1:
            yield tuple(situation.recent[0].lines)
        if len({self._lexicon.name_of(code) for code in self._known(situation.room_focus.skus)}) == 1:
            yield situation.room_focus.skus

    def _known(self, skus: Sequence[str]) -> tuple[str, ...]:
        return tuple(code for code in skus if self._lexicon.catalogue.get(code))

    def _quoted_goods(self) -> tuple[str, ...]:
        found = self._lexicon.mentions(self._situation.quoted_text[:200])
        named = [mention.skus for mention in found if not mention.attribute or len(mention.skus) == 1]
        return named[0] if named and all(set(skus) & set(named[0]) for skus in named) else ()

    def others_lines(self, *, same: bool = False) -> dict[str, int] | None:
        """What +1 refers to: the quoted order, else the only SKU on sale, else the order before."""
        lines = self._others_order(same=same)
        known = {code: units for code, units in (lines or {}).items() if self._lexicon.catalogue.get(code)}
        return known or None

    def whole(self, wish: Wish) -> bool:
        """跟她一样的来一套: all that the other ordered, once."""
        if wish.goods is not None or wish.quantity is None or wish.quantity.value != 1:
            return False
        meant = _SETS if self._situation.quoted is None else _SETS | {"份", "样"}
        lines = self.others_lines(same=True)
        return wish.quantity.unit in meant and lines is not None and len(lines) > 1

    def _others_order(self, *, same: bool) -> dict[str, int] | None:
        situation = self._situation
        if situation.quoted:
            return dict(situation.quoted.lines)
        if situation.quoted_text and (goods := self._quoted_goods()):
            return dict.fromkeys(goods, 1)
        if self._whom is not None:
            return dict(self._whom.lines)
        on_sale = self._lexicon.catalogue.on_sale
        before = dict(situation.recent[0].lines) if situation.recent else None
        if len(on_sale) == 1 and not (same and before and on_sale[0].code in before):
            return {on_sale[0].code: 1}
        return before


def pending_skus(situation: Situation) -> tuple[str, ...]:
    """The SKUs that the open questions to the sender are about."""
    if situation.pending is None:
        return ()
    asked = [
        change.sku for one in situation.pending.unclear for choice in one.choices for change in choice.changes
    ]
    return tuple(dict.fromkeys([*asked, *(one.sku for one in situation.pending.unclear if one.sku)]))
