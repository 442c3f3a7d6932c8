"""Wishes to changes: what was left unsaid is taken from the situation, what stays open is asked back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.understanding import Situation, Unclear, UnclearReason
from nlp.grammar import amounts, exchanges
from nlp.grammar.balance import balanced
from nlp.grammar.context import Context, pending_skus
from nlp.grammar.likeness import but, rather, the_rest
from nlp.grammar.questions import KINDS, question
from nlp.grammar.references import Reference, family, narrowed, sold_by, sold_so, within
from nlp.grammar.restating import replaces, stays
from nlp.grammar.wishes import Act, Wish, Wishes
from nlp.lexicon import Lexicon
from nlp.quantities import Quantity
from shop.changes import Change, ChangeKind

_SEVERAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What the wishes change, and what is unclear about them."""

    changes: tuple[Change, ...] = ()
    unclear: tuple[Unclear, ...] = ()


def resolve(wishes: Wishes, lexicon: Lexicon, situation: Situation, text: str) -> Resolved:
    """Turn wishes into changes in order; each sees the goods that were named before it."""
    return _Resolver(lexicon, situation, text, wishes).resolved()


class _Resolver:
    def __init__(self, lexicon: Lexicon, situation: Situation, text: str, wishes: Wishes) -> None:
        self._lexicon = lexicon
        self._situation = situation
        self._text = text
        self._wishes = wishes
        self._context = Context(lexicon, situation, text)
        self._changes: list[Change] = []
        self._unclear: list[Unclear] = []
        self._like: dict[str, int] = {}

    def resolved(self) -> Resolved:
        for goods in self._wishes.topics:
            self._name(goods)
        for wish in self._wishes.wishes:
            self._wish(wish)
        return Resolved(
            changes=tuple(balanced(self._changes, self._situation.own_order)), unclear=tuple(self._unclear)
        )

    def _added(self, sku: str) -> bool:
        return any(change.kind is ChangeKind.ADD and change.sku == sku for change in self._changes)

    def _name(self, goods: Reference) -> None:
        if goods.named or goods.single:
            self._context.named = goods.skus

    def _wish(self, wish: Wish) -> None:
        if wish.same or wish.usual or wish.me_too:
            self._like_another(wish)
        elif wish.act is Act.SWAP:
            self._swap(wish)
        elif wish.everything:
            self._everything(wish)
        elif wish.act is Act.DROP:
            self._drop(wish)
        else:
            self._amount(wish)

    # ------------------------------------------------------------------ what is meant

    def _goods(self, wish: Wish, *, own: bool) -> Reference | None:
        """The goods of a wish, those of the talk when it names none; None when nothing is known."""
        goods = wish.goods
        if goods is None:
            goods = self._context.implied(own=own or wish.more)
            return narrowed(goods, self._lexicon, self._situation, wish.quantity, own=own) if goods else None
        if not goods.named:
            goods = sold_so(self._lexicon, goods, self._context.of_spec(goods), wish.quantity)
        self._name(goods)
        if wish.spread:
            return goods
        return narrowed(goods, self._lexicon, self._situation, wish.quantity, own=own or wish.more)

    # ------------------------------------------------------------------ the wishes

    def _amount(self, wish: Wish) -> None:
        own = wish.act is not Act.ADD or wish.corrected or wish.waiting
        if wish.goods is None and len(self._like) == 1:
            like = Reference(skus=tuple(self._like), named=True, spans=())
            wish = replace(wish, goods=like)  # 同上 只要一盒
        goods = self._others_goods(wish) if wish.me_too else self._goods(wish, own=own)
        if goods is None:
            self._ask(UnclearReason.ITEM, wish, sold_by(self._lexicon, wish.quantity))
        elif wish.spread:
            without = {code for one in wish.without for code in one.skus}
            for code in self._offered(goods.skus):
                if code not in without:
                    self._book(wish, code)
        elif not goods.single:
            given_up = exchanges.given_up(wish, goods, self._situation)
            self._changes += given_up
            if not given_up:
                self._ask_which(wish, goods.skus)
        elif self._moves_spec(wish, goods.skus[0]) or self._moves_unit(wish, goods.skus[0]):
            return
        else:
            self._book(wish, self._by_unit(wish, goods.skus[0]))

    def _by_unit(self, wish: Wish, code: str) -> str:
        """来一箱, where the talk is of goods that are sold by the bunch: the one thing sold by the box."""
        if wish.goods is not None or not isinstance(self._units_of(code, wish.quantity), UnclearReason):
            return code
        sold = sold_by(self._lexicon, wish.quantity)
        return sold[0] if len(sold) == 1 else code

    def _offered(self, skus: Sequence[str]) -> tuple[str, ...]:
        return tuple(code for code in skus if self._lexicon.catalogue[code].on_sale) or tuple(skus)

    def _moves_spec(self, wish: Wish, code: str) -> bool:
        """A corrected spec without a count moves what was ordered: 要中号的 刚才说错了; 不要大的 要小的."""
        if wish.quantity is not None or wish.goods is None or wish.act is not Act.ADD:
            return False
        if exchanges.in_place_of_dropped(self._changes, wish, code, self._lexicon, self._situation):
            return True
        if not wish.corrected:
            return False
        siblings = [
            one
            for one in family(self._lexicon, (code,))
            if one != code and self._situation.own_order.get(one)
        ]
        if len(siblings) != 1 or self._situation.own_order.get(code):
            return False
        self._changes.append(Change(kind=ChangeKind.SWAP, sku=siblings[0], to=code, spans=wish.spans))
        return True

    def _moves_unit(self, wish: Wish, code: str) -> bool:
        """厨房纸改成一箱: what is sold by another unit comes in place of what was ordered."""
        quantity, held = wish.quantity, self._situation.own_order
        if wish.act is not Act.SET or quantity is None or not held.get(code) or not quantity.unit:
            return False
        catalogue = self._lexicon.catalogue
        kin = [one for one in family(self._lexicon, (code,)) if catalogue[one].unit == quantity.unit]
        if len(kin) != 1 or held.get(kin[0]) or not isinstance(self._units_of(code, quantity), UnclearReason):
            return False
        self._changes = [change for change in self._changes if change.sku != code]
        self._exchange(replace(wish, quantity=None, to_quantity=quantity), code, kin[0])
        return True

    def _book(self, wish: Wish, code: str) -> None:
        sku = self._lexicon.catalogue[code]
        if wish.double and not self._situation.own_order.get(code):
            return
        units: int | UnclearReason = amounts.units(sku, wish.quantity) if wish.quantity else 1
        if wish.half or wish.double or wish.rest:
            units = self._part(wish, code)
        if isinstance(units, UnclearReason):
            self._ask(units, wish, (code,))
            return
        if wish.act is Act.SET and wish.quantity is None and self._situation.own_order.get(code):
            return  # 冬枣还是要的: as many as before
        kind = self._kind(wish, code, units)
        if kind is ChangeKind.SET and wish.act is Act.ADD:
            units += stays(code, self._situation)
        quantity = None if kind is ChangeKind.DROP else units
        change = Change(kind=kind, sku=code, quantity=quantity, spans=wish.spans)
        if code in self._like and not wish.more:
            self._changes = but(self._changes, change)
        else:
            self._changes.append(change)

    def _part(self, wish: Wish, code: str) -> int | UnclearReason:
        held = self._situation.own_order.get(code, 0)
        if wish.double:
            return held
        if wish.rest:
            left = self._situation.left.get(code)
            return UnclearReason.QUANTITY if left is None else max(left, 1)
        return held // 2 if held and held % 2 == 0 else UnclearReason.HALF

    def _kind(self, wish: Wish, code: str, units: int) -> ChangeKind:
        held = self._situation.own_order.get(code, 0)
        if wish.act is Act.LESS and wish.dropping and held <= units and not self._added(code):
            return ChangeKind.DROP
        last = wish.corrected and stays(code, self._situation)
        if (
            wish.act is Act.ADD
            and held
            and (not wish.more or last)
            and replaces(wish, code, units, self._situation)
        ):
            return ChangeKind.SET
        if wish.act is Act.SET and not held:
            return ChangeKind.ADD
        return KINDS.get(wish.act, ChangeKind.ADD)

    def _everything(self, wish: Wish) -> None:
        without = {code for goods in wish.without for code in goods.skus}
        if wish.act is Act.LESS:
            for code, units in self._situation.own_order.items():
                if units > 0 and code not in without:
                    self._book(wish, code)
            return
        if wish.act is not Act.DROP:
            asked = pending_skus(self._situation)
            for sku in self._lexicon.catalogue.on_sale:
                if sku.code not in without and (len(asked) < _SEVERAL or sku.code in asked):
                    self._book(wish, sku.code)
            return
        if not without:
            self._changes.append(Change(kind=ChangeKind.DROP_ALL, spans=wish.spans))
            return
        for code, units in self._situation.own_order.items():
            if units > 0 and code not in without:
                self._changes.append(Change(kind=ChangeKind.DROP, sku=code, spans=wish.spans))

    def _drop(self, wish: Wish) -> None:
        if wish.goods is None:
            self._drop_implied(wish)
            return
        goods = self._goods(wish, own=True)
        if goods is None:
            return
        held = [code for code in goods.skus if self._situation.own_order.get(code, 0) > 0]
        added = [code for code in goods.skus if self._added(code)]
        for code in held or added or goods.skus[:1]:
            self._changes.append(Change(kind=ChangeKind.DROP, sku=code, spans=wish.spans))

    def _drop_implied(self, wish: Wish) -> None:
        held = [code for code, units in self._situation.own_order.items() if units > 0]
        meant = [code for code in self._context.named if code in held]
        if not meant and self._situation.quoted:
            meant = [code for code in self._situation.quoted.lines if code in held]
        if not meant and len(held) > 1:
            meant = [code for code in self._situation.focus.skus if code in held]
        if meant:
            for code in meant:
                self._changes.append(Change(kind=ChangeKind.DROP, sku=code, spans=wish.spans))
        elif len(held) > 1 and not wish.own:
            self._ask(UnclearReason.ITEM, wish, ())
        else:
            self._changes.append(Change(kind=ChangeKind.DROP_ALL, spans=wish.spans))

    # ------------------------------------------------------------------ like others

    def _others_goods(self, wish: Wish) -> Reference | None:
        if wish.goods is not None and (wish.goods.named or wish.goods.single):
            return self._goods(wish, own=False)
        if wish.goods is None and self._situation.quoted is None and self._told_before(wish):
            return self._goods(wish, own=False)
        lines = self._context.others_lines()
        if lines is None:
            return self._goods(wish, own=False)
        if wish.goods is not None:
            kin = family(self._lexicon, lines)
            found = within(wish.goods, kin)
            return narrowed(found, self._lexicon, self._situation, wish.quantity, own=False)
        return Reference(skus=tuple(lines), named=True, spans=())

    def _told_before(self, wish: Wish) -> bool:
        """手膜便宜啦 那我也来一盒: the message says itself what is wanted as well."""
        begins = min((start for start, _ in wish.spans), default=0)
        return any(
            goods.named and set(goods.skus) == set(self._context.named) and goods.spans[-1][1] <= begins
            for goods in self._wishes.topics
        )

    def _like_another(self, wish: Wish) -> None:
        if wish.me_too and wish.quantity is not None and not self._context.whole(wish):
            self._amount(wish)
            return
        if wish.usual:
            lines = dict(self._situation.own_last.lines) if self._situation.own_last else None
        else:
            lines = self._context.others_lines(same=wish.same)
        if lines is None and (wish.same or wish.usual):
            return  # 我也一样, and nobody ordered: talk
        if lines is None or (wish.me_too and len(lines) > 1 and not self._situation.quoted):
            self._ask_which(wish, tuple(lines or ()))
            return
        if wish.goods is not None:
            self._like_but(wish, lines)
            return
        self._like = dict(lines) if wish.same else {}
        for code, count in lines.items():
            units = 1 if wish.me_too and len(lines) == 1 else count
            if self._lexicon.catalogue.get(code) and units > 0:
                self._changes.append(Change(kind=ChangeKind.ADD, sku=code, quantity=units, spans=wish.spans))

    def _like_but(self, wish: Wish, lines: dict[str, int]) -> None:
        """跟楼上一样 不过我家要大号的: their count of my spec."""
        kin = family(self._lexicon, lines)
        goods = narrowed(
            within(wish.goods or Reference(skus=(), named=False, spans=()), kin),
            self._lexicon,
            self._situation,
            None,
            own=False,
        )
        if not goods.single:
            self._ask_which(wish, goods.skus)
            return
        count = next(iter(lines.values())) if wish.same else 1
        self._changes.append(Change(kind=ChangeKind.ADD, sku=goods.skus[0], quantity=count, spans=wish.spans))

    # ------------------------------------------------------------------ swaps

    def _swap(self, wish: Wish) -> None:
        target = wish.to
        if target is None:
            return
        sources = exchanges.sources(wish, self._lexicon, self._situation, self._context.named)
        for code in sources:
            to = exchanges.targets(code, target, wish, self._lexicon, self._situation)
            if len(to) != 1:
                self._ask_which(replace(wish, act=Act.ADD), to)
            elif to[0] != code:
                self._exchange(wish, code, to[0])
            elif wish.to_quantity is not None:
                self._keep_some(wish, code)
        if not sources and wish.instead and wish.to_quantity is not None:
            self._amount(Wish(goods=target, quantity=wish.to_quantity, corrected=True, spans=wish.spans))
        elif not sources and not wish.corrected:
            goods = narrowed(
                self._context.of_spec(target), self._lexicon, self._situation, wish.to_quantity, own=False
            )
            if wish.goods is not None and goods.single:
                self._exchange(wish, wish.goods.skus[0], goods.skus[0])
            elif goods.single and wish.to_quantity is not None:
                self._book(replace(wish, act=Act.ADD, quantity=wish.to_quantity), goods.skus[0])
            else:
                self._ask(UnclearReason.ITEM, wish, ())

    def _exchange(self, wish: Wish, source: str, to: str) -> None:
        taken = self._units_of(source, wish.quantity)
        come = self._units_of(to, wish.to_quantity)
        if isinstance(taken, UnclearReason) or isinstance(come, UnclearReason):
            for reason in (taken, come):
                if isinstance(reason, UnclearReason):
                    self._ask(reason, wish, (to,))
            return
        if source in self._like and not self._situation.own_order.get(source):
            self._changes = rather(self._changes, source, to, come)
            return
        self._changes, taken = the_rest(
            self._changes, source, self._situation.own_order.get(source, 0), taken
        )
        self._changes.append(
            Change(
                kind=ChangeKind.SWAP, sku=source, to=to, quantity=taken, to_quantity=come, spans=wish.spans
            )
        )

    def _keep_some(self, wish: Wish, code: str) -> None:
        """三盒红的换成一盒红的两盒蓝的: of the red ones so many stay."""
        held = self._situation.own_order.get(code, 0)
        given = self._units_of(code, wish.quantity)
        stay = self._units_of(code, wish.to_quantity)
        if isinstance(given, int) and isinstance(stay, int):
            stay += held - given
        if isinstance(stay, int):
            self._changes.append(
                Change(kind=ChangeKind.SET, sku=code, quantity=max(stay, 0), spans=wish.spans)
            )

    def _units_of(self, code: str, quantity: Quantity | None) -> int | UnclearReason | None:
        return None if quantity is None else amounts.units(self._lexicon.catalogue[code], quantity)

    # ------------------------------------------------------------------ questions back

    def _ask_which(self, wish: Wish, skus: tuple[str, ...]) -> None:
        names = {self._lexicon.catalogue[code].name for code in skus}
        made = self._question(UnclearReason.SPEC if len(names) == 1 else UnclearReason.ITEM, wish, skus)
        if len(made.choices) == 1 < len(skus):
            self._changes += made.choices[0].changes  # 橙子5斤: of the two only the small box makes that
        else:
            self._unclear.append(made)

    def _ask(self, reason: UnclearReason, wish: Wish, skus: tuple[str, ...]) -> None:
        self._unclear.append(self._question(reason, wish, skus))

    def _question(self, reason: UnclearReason, wish: Wish, skus: tuple[str, ...]) -> Unclear:
        asked = tuple(self._lexicon.catalogue[code] for code in skus)
        return question(reason, wish, asked, self._text, self._kind)
