"""Tokens to wishes: which count belongs to which goods, and what is to be done with them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from nlp.grammar import distribution, portions, refining, specs, swaps
from nlp.grammar.chunks import GIVEN_UP
from nlp.grammar.desk import Desk
from nlp.grammar.evidence import Verdict, chosen, described
from nlp.grammar.lookahead import (
    Parts,
    any_count,
    before_goods,
    clause,
    counted,
    counted_goods,
    goods_in,
    next_word,
    note_next,
    spec_next,
)
from nlp.grammar.references import Reference, ending, joined
from nlp.grammar.restating import left, met, restated, retracted, told, waits
from nlp.grammar.statements import PUT_RIGHT
from nlp.grammar.stretches import stretches
from nlp.grammar.token import Token
from nlp.grammar.wishes import Act, Wish, Wishes
from nlp.grammar.words import Kind
from nlp.lexicon import Lexicon
from nlp.quantities import Quantity
from nlp.surfaces import CODE

_LISTED = frozenset((Kind.QUANTITY, Kind.WANT, Kind.PLUS))
_ONLY = frozenset(("只留", "只来", "只拿", "就留", "光留", "只保留"))
_ALMOST_EXPLAINED = 1
"""Characters that may be left over beside a word that corrects."""


def gather(verdicts: Sequence[Verdict], lexicon: Lexicon) -> Wishes:
    """The wishes of the chunks that order; the goods of those that only talk are topics."""
    builder = _Builder(lexicon, verdicts)
    return builder.wishes()


class _Builder:
    """Goes over the chunks once."""

    def __init__(self, lexicon: Lexicon, verdicts: Sequence[Verdict]) -> None:
        self._lexicon = lexicon
        self._verdicts = verdicts
        self._desk = Desk()
        self._described = any(
            verdict.orders and (described(verdict.chunk) or chosen(verdict.chunk)) for verdict in verdicts
        )
        self._coded = all(_coded(token) for verdict in verdicts for token in verdict.chunk.tokens)
        self._excess = any(verdict.chunk.has(Kind.EXCESS) for verdict in verdicts)
        self._correcting = any(
            verdict.chunk.has(Kind.WRONG, Kind.NOT, Kind.EXCESS)
            for verdict in verdicts
            if verdict.orders or verdict.chunk.rest <= _ALMOST_EXPLAINED
        )

        self._waiting = bool(verdicts) and waits([verdict.chunk for verdict in verdicts])

    def wishes(self) -> Wishes:
        for orders, part in stretches(self._verdicts):
            if orders:
                self._stretch(part)
            else:
                self._topics(part)
        self._close()
        desk = self._desk
        return Wishes(wishes=tuple(desk.done), topics=(*desk.topics, *desk.open), correcting=self._correcting)

    def _topics(self, tokens: Sequence[Token]) -> None:
        for one in joined(tokens, self._lexicon):
            if isinstance(one, Reference):
                self._desk.topics.append(one)

    def _stretch(self, tokens: Sequence[Token]) -> None:
        parts = list(joined(tokens, self._lexicon))
        for index, part in enumerate(parts):
            following = parts[index + 1 :]
            if isinstance(part, Reference):
                self._goods(part, following)
            elif part.kind in {Kind.SPACE, Kind.SEPARATOR}:
                self._pause(following)
            else:
                self._word(part, following)
        self._pause(())

    # ------------------------------------------------------------------ goods and counts

    def _goods(self, goods: Reference, following: Parts) -> None:
        desk = self._desk
        if refining.notes(desk, self._lexicon, goods, following):
            desk.topics.append(goods)  # 南瓜来一个大的
        elif desk.denied and not goods.named and set(goods.skus) <= set(desk.denied):
            desk.topics.append(goods)
        elif desk.excepting:
            desk.without.append(goods)
        elif desk.swapping:
            swaps.target(desk, goods)
        elif desk.pending is not None and desk.act is not Act.DROP:
            self._emit(goods, desk.pending)
            desk.pending = desk.pending if desk.each else None
        elif desk.dropped and desk.act is Act.DROP:
            self._drop([goods])
        elif refining.refines(desk, goods, following):
            desk.done[-1] = replace(desk.done[-1], goods=met(desk.done[-1].goods, goods))
        else:
            desk.open.append(goods)

    def _count(self, token: Token, following: Parts) -> None:
        desk = self._desk
        quantity = token.quantity
        if quantity is None or (desk.swapping and desk.swap[-1][1] is quantity):
            return
        if desk.negated and desk.open:
            desk.negated = False
            return
        if desk.negated or (
            desk.act is Act.DROP and desk.dropped and not desk.open and len(desk.done) == desk.fresh
        ):
            desk.negated = desk.dropped = False  # 不是一打, 不要20斤: a count that is denied
            desk.act, self._correcting = Act.ADD, True
            return
        dropped = any(not isinstance(one, Reference) and one.kind is Kind.DROP for one in following)
        if desk.each and not desk.open and not desk.topics and goods_in(following) and not dropped:
            desk.pending = quantity  # 一样来半斤 香菇跟油菜
        elif desk.each or desk.every or (desk.all and desk.act is Act.LESS and not desk.open):
            distribution.each(self._desk, quantity)
        elif swaps.awaits_count(desk):
            desk.done[-1] = replace(desk.done[-1], to_quantity=quantity)
        elif desk.earlier and before_goods(following):
            desk.topics += desk.open  # 那小的先等等 给家里拿三包饼干
            desk.open.clear()
            desk.pending, desk.earlier = quantity, False
        elif desk.open and not specs.before_its_spec(desk, following):
            self._emit_last(quantity)
        elif self._ends(following) and (restated(desk, quantity) or left(desk, quantity)):
            return
        else:
            desk.pending = quantity

    def _ends(self, following: Parts) -> bool:
        """Whether no goods follow that the count could belong to; one that sets belongs to those before."""
        near = clause(following, Kind.SPACE) if self._desk.act is Act.SET else following
        return not isinstance(next_word(near), Reference)

    def _emit_last(self, quantity: Quantity) -> None:
        desk = self._desk
        nearest = desk.open.pop()
        for earlier in desk.open:
            if desk.wanted or desk.each or self._coded:
                self._emit(earlier, None)
            else:
                desk.topics.append(earlier)
        desk.open.clear()
        self._emit(nearest, quantity)

    def _emit(self, goods: Reference | None, quantity: Quantity | None, *, spread: bool = False) -> None:
        desk = self._desk
        spans = (goods.spans if goods else ()) + (((quantity.start, quantity.end),) if quantity else ())
        if desk.retracting and retracted(desk, goods, quantity, spans):
            return
        desk.done.append(
            Wish(
                act=self._act(),
                goods=goods,
                quantity=quantity,
                spread=spread,
                more=desk.more,
                me_too=desk.me_too,
                corrected=self._correcting,
                enough="" if desk.more else desk.enough,
                waiting=self._waiting,
                spans=spans,
            )
        )
        desk.enough = ""

    def _act(self) -> Act:
        act = self._desk.act
        if act is Act.DROP:
            return Act.LESS
        return Act.SET if act is Act.ADD and self._excess and not self._desk.more else act

    # ------------------------------------------------------------------ words

    def _word(self, token: Token, following: Parts) -> None:
        if self._desk.marked(token):
            return
        match token.kind:
            case Kind.QUANTITY | Kind.SIZE:
                self._count(token, following)
            case Kind.SET | Kind.LESS:
                self._operator(token, following)
            case Kind.DROP:
                given_up = token.text in GIVEN_UP and (
                    counted(clause(following, Kind.SPACE), reach=6)
                    or portions.just_counted(self._desk, token)
                )
                if not (given_up or self._noted(following)):  # 算了不管了来两个
                    self._dropping(token, following)
            case Kind.SWAP:
                swaps.begin(self._desk, following)
            case Kind.SAME:
                self._same(token, following)
            case Kind.AGREE:
                self._agree(token, following)
            case _:
                self._other(token, following)

    def _noted(self, following: Parts) -> bool:
        """来一盒不要袋子: what is unwanted is none of the goods just counted."""
        desk = self._desk
        whole = desk.pending is not None or len(desk.done) > desk.fresh
        return whole and not desk.open and note_next(following)

    def _other(self, token: Token, following: Parts) -> None:
        desk = self._desk
        match token.kind:
            case Kind.USUAL | Kind.REMAINDER:
                distribution.whole(desk, token)
            case Kind.IS | Kind.STILL:
                self._is(token, following)
            case Kind.NOT:
                self._not(following)
            case Kind.HALF | Kind.DOUBLE:
                distribution.share(desk, token)
            case Kind.WRONG:
                desk.open.clear()
                desk.retracting = bool(desk.done)
            case Kind.KEEP:
                desk.topics += desk.open
                desk.open.clear()
            case Kind.PLACE:
                self._elsewhere()
            case Kind.REST if desk.excepting:
                desk.without += ending(self._lexicon, token)

    def _agree(self, token: Token, following: Parts) -> None:
        """那就三包好了 袜子拿两包: the count ends there."""
        if self._desk.pending is not None and counted_goods(following):
            self._emit(None, self._desk.pending)
            self._desk.pending = None
        else:
            portions.enough(self._desk, token)

    def _is(self, token: Token, following: Parts) -> None:
        """是三瓶, behind a correction; 应该是小号, 还是小号吧: what it should be."""
        desk = self._desk
        sets = token.kind is Kind.IS and (self._correcting or token.text in PUT_RIGHT)
        if sets and not desk.open and any(wish.corrected and wish.quantity for wish in desk.done):
            desk.negated = counted(following)  # 不对 两打 我家现在是两只: put right already
        elif sets and not desk.open and not desk.retracting and isinstance(next_word(following), Reference):
            swaps.choose(desk, last=self._correcting)
        elif sets or (token.kind is Kind.STILL and counted(following)):
            desk.act = Act.SET
        elif token.kind is Kind.STILL and spec_next(following) and not desk.open:
            swaps.choose(desk)

    def _not(self, following: Parts) -> None:
        desk = self._desk
        desk.negated = counted(following)
        if desk.open and not desk.negated and goods_in(following):
            desk.topics += desk.open  # F-啊不是 F+1
            desk.open.clear()

    def _elsewhere(self) -> None:
        """脚垫厨房一块门口一块: what comes now is counted beside what was counted before."""
        desk = self._desk
        if desk.pending is not None:
            self._emit(None, desk.pending)
            desk.pending = None
        desk.more = desk.more or (len(desk.done) > desk.fresh and not desk.open)

    def _operator(self, token: Token, following: Parts) -> None:
        desk = self._desk
        if token.kind is Kind.LESS and desk.content and not counted(following):
            return  # 两盒就够了 多的退掉
        halved = any(not isinstance(one, Reference) and one.kind is Kind.HALF for one in following[:2])
        if token.kind is Kind.LESS and not halved and not counted(following, reach=4):
            if "给你" in token.text and desk.pending is None:
                return  # what is given away, not how much of it
            if not token.text.startswith("少") and (len(token.text) > 1 or desk.open):
                self._dropping(token, following)
            return
        instead = isinstance(next_word(following), Reference) and (desk.open or token.text[0] in "改换调")
        if token.kind is Kind.SET and instead and not desk.pending:
            swaps.begin(self._desk, following)
            return
        if token.kind is Kind.SET and len(desk.done) > 1 and token.text.endswith("共"):
            return
        if token.text in _ONLY and goods_in(clause(following)) and not any_count(clause(following)):
            desk.keeping = True
            return
        desk.act = Act.SET if token.kind is Kind.SET else Act.LESS
        desk.wanted = True
        if desk.act is Act.LESS:
            told(desk, following)

    def _dropping(self, token: Token, following: Parts) -> None:
        desk = self._desk
        if specs.contrasts(desk, self._lexicon, token, following):
            return
        if token.text == "不要" and desk.open and counted(following, reach=1):
            desk.negated = self._correcting = True  # 土豆不要三袋,两袋
            return
        if desk.others and not desk.without and desk.done:
            return  # 豆浆1 别的不要
        if desk.others or desk.excepting:
            desk.done.append(
                Wish(
                    act=Act.DROP,
                    everything=True,
                    without=tuple(desk.without),
                    spans=((token.start, token.end),),
                )
            )
            desk.without, desk.others, desk.excepting = [], False, False
        elif desk.open:
            self._drop(desk.open)
            desk.open = []
        elif desk.pending is not None:
            desk.done.append(
                Wish(act=Act.LESS, quantity=desk.pending, dropping=True, spans=((token.start, token.end),))
            )
            desk.pending = None
        elif len(desk.done) > desk.fresh and desk.done[-1].act is Act.ADD and not desk.done[-1].same:
            desk.done[-1] = replace(desk.done[-1], act=Act.LESS, dropping=True)
        elif desk.done and desk.done[-1].act is Act.DROP:
            return
        elif desk.topics and desk.done and not goods_in(following):
            self._drop(desk.topics[-1:])
        else:
            desk.act, desk.dropped = Act.DROP, True

    def _drop(self, goods: Iterable[Reference]) -> None:
        for one in goods:
            self._desk.done.append(Wish(act=Act.DROP, goods=one, spans=one.spans))

    def _same(self, token: Token, following: Parts) -> None:
        desk = self._desk
        if any(wish.same for wish in desk.done):
            return
        if len(desk.done) > desk.fresh and desk.done[-1].goods and desk.done[-1].quantity:
            return  # 石榴我也要一箱 跟楼上一样的
        if desk.pending is not None or counted(clause(following, Kind.SPACE), reach=4):
            desk.me_too = True
            return
        desk.me_too = False  # 我也一样
        desk.done.append(Wish(same=True, spans=((token.start, token.end),)))

    # ------------------------------------------------------------------ ends

    def _pause(self, following: Parts) -> None:
        """The end of a chunk: what was begun and needs nothing more is put together."""
        desk = self._desk
        if desk.keeping and desk.open:
            portions.only(desk)
        spread = desk.each or (desk.every and desk.wanted)
        if spread and desk.open and not counted(following, reach=3):
            distribution.each(self._desk, None)
        if desk.act is Act.DROP and desk.dropped and len(desk.done) == desk.fresh:
            desk.done.append(Wish(act=Act.DROP, everything=desk.all, own=desk.own))
        if desk.each and desk.pending is not None and len(desk.done) > desk.fresh:
            desk.pending, desk.each = None, False
        if desk.pending is not None and not before_goods(following):
            self._emit(None, desk.pending)
            desk.pending = None
        elif desk.me_too and len(desk.done) == desk.fresh and not counted(following, reach=3):
            desk.done.append(Wish(me_too=True))
        sized = [goods for goods in desk.open if goods.sized and goods.named]
        if sized and not counted(following, reach=3) and not goods_in(following[:2]):
            desk.wanted = True
        if desk.wanted and desk.open and not counted(following, reach=3) and not spec_next(following):
            for goods in desk.open:
                self._emit(goods, None)
            desk.open = []
        desk.act, desk.more, desk.me_too, desk.dropped, desk.negated = Act.ADD, False, False, False, False
        desk.all = desk.swapping = desk.choosing = desk.own = False
        said = len(desk.done) > desk.fresh
        begun = not said and isinstance(next_word(following), Reference)
        desk.wanted = desk.wanted and (bool(desk.open) or begun)
        desk.fresh = len(desk.done)
        desk.earlier = bool(desk.open)

    def _close(self) -> None:
        desk = self._desk
        if desk.open and (desk.wanted or self._described or (self._coded and desk.done)):
            for goods in desk.open:
                self._emit(goods, None)
            desk.open = []


def _coded(token: Token) -> bool:
    """Whether a token may stand in a list of codes: b*2 d."""
    return token.kind in _LISTED or (token.mention is not None and token.mention.how == CODE)
