"""Whether a stretch of a message orders or only talks: scored evidence, every point of it with its reason."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.model import Role
from bot.understanding import Situation
from nlp.grammar import amounts
from nlp.grammar.carrying import carried
from nlp.grammar.chunks import Chunk, chunks
from nlp.grammar.owners import anothers, given_out, handed
from nlp.grammar.references import family
from nlp.grammar.statements import CHANGES, PUT_RIGHT, Reason, stated, tale
from nlp.grammar.tokens import Tokens
from nlp.grammar.words import Kind
from nlp.lexicon import Lexicon
from nlp.surfaces import PINYIN, SHORT, TYPO

THRESHOLD = 1.5
_WISHES = (
    Kind.WANT,
    Kind.MORE,
    Kind.EACH,
    Kind.ME_TOO,
    Kind.SET,
    Kind.LESS,
    Kind.DROP,
    Kind.SWAP,
    Kind.PLUS,
    Kind.SAME,
    Kind.USUAL,
)
_AGAINST = {
    Kind.PAST: -3.0,
    Kind.DONE: -3.0,
    Kind.LONG_AGO: -4.0,
    Kind.IF: -5.0,
    Kind.SHARE: -5.0,
    Kind.QUESTION: -3.5,
    Kind.OTHER: -2.0,
    Kind.HABIT: -2.5,
    Kind.ABLE: -1.5,
    Kind.FAULT: -4.0,
    Kind.PRICE: -1.5,
    Kind.POINTS: -6.0,
}
_MATTERS = (Kind.ITEM, Kind.QUANTITY, Kind.SIZE, Kind.HALF)
_CLEAR_WISHES = (Kind.WANT, Kind.EACH, Kind.ME_TOO, Kind.PLUS, Kind.EVERY)
_FRESH = frozenset(("那", "那就", "咁", "噉", "噉就", "那么", "好的", "这回"))
"""Words that begin anew after what was said before."""
_SEVERAL = 2
_TALK = 3
_TALKATIVE = 12
_LASTING = (Kind.IF, Kind.SHARE, Kind.FAULT, Kind.POINTS)
_CORRECTS = (Kind.WRONG, Kind.NOT, Kind.EXCESS)
_GIVEN_OUT = "given out"
_OF_ANYTHING = frozenset(("也这样", "也是这样"))
"""Words that order what was quoted, and without a quotation say anything."""
_SOFTENERS = _FRESH | {"吧", "嘛", "啦", "呗", "咯", "哈", "先", "好嘞"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The evidence on one chunk: its sum and the reasons."""

    chunk: Chunk
    score: float
    reasons: tuple[str, ...]

    @property
    def orders(self) -> bool:
        """Whether the evidence is enough to book by."""
        return self.score >= THRESHOLD


def judge(tokens: Tokens, lexicon: Lexicon, situation: Situation, model: float = 0.0) -> tuple[Verdict, ...]:
    """Weigh every chunk of a message, each in the light of those before it.

    `model`: what the intent model has to say for the chunks that name goods or count something.
    """
    parts = chunks(tokens.tokens)
    whole = Counter(token.kind for token in tokens.tokens)
    shadow = _shadow(tokens, situation)
    verdicts: list[Verdict] = []
    for part in parts:
        put_right = not whole[Kind.QUESTION] and _put_right(part, lexicon, situation)
        reasons = [*shadow, *_for(part, whole, lexicon), *_against(part, parts, put_right=put_right)]
        reasons += [("put right", 1.0)] if put_right else []
        reasons += _from_before(part, verdicts)
        if model and part.has(*_MATTERS):
            reasons.append(("model", model))
        verdicts.append(
            Verdict(
                chunk=part,
                score=round(sum(weight for _, weight in reasons), 2),
                reasons=tuple(f"{reason}{weight:+g}" for reason, weight in reasons),
            )
        )
    return tuple(_recipe(verdicts))


def _shadow(tokens: Tokens, situation: Situation) -> Iterator[Reason]:
    """What bears on every chunk: who speaks, and to whom."""
    if tokens.addressed and not situation.at_bot and tokens.addressed in situation.member_names:
        yield "addressed", -3.0
    if situation.quoted is None and any(token.text in _OF_ANYTHING for token in tokens.tokens):
        yield "said of anything", -3.0
    if situation.role >= Role.HELPER and not any(
        token.kind in {Kind.SELF, Kind.ME_TOO} for token in tokens.tokens
    ):
        yield "leader", -0.5


def _for(part: Chunk, whole: Counter[Kind], lexicon: Lexicon) -> Iterator[Reason]:
    yield from _form(part)
    yield from _manner(part, whole)
    yield from _units(part, lexicon)
    if chosen(part) and sum(whole.values()) == len(part.tokens):
        yield "chosen", 1.0
        if part.has(Kind.OTHER):
            yield "for another", 2.0
    if described(part) and sum(whole.values()) == len(part.tokens):
        yield "goods of a kind", 0.5
    counts, wishes = part.count(Kind.QUANTITY, Kind.SIZE, Kind.HALF), part.count(*_WISHES)
    if counts and not part.has(Kind.ITEM) and not part.rest and len(_content(whole)) <= counts + wishes:
        yield "nothing else", 1.0


def _form(part: Chunk) -> Iterator[Reason]:
    """Goods with a count, goods with a wish, a count with a wish."""
    items, counts = part.has(Kind.ITEM), part.has(Kind.QUANTITY, Kind.SIZE, Kind.HALF)
    if items and counts:
        yield "goods and count", 2.0
    elif items:
        yield ("goods and wish", 1.5) if part.has(*_WISHES) else ("goods", 1.0)
    elif counts:
        yield "count", 1.0
    if part.has(*CHANGES):
        yield "change", 1.0
    if part.has(Kind.REMAINDER):
        yield "the rest", 2.5
    if part.has(*_CLEAR_WISHES) or (counts and part.has(Kind.MORE)):
        yield "wish", 1.0
    if part.has(Kind.SAME, Kind.USUAL, Kind.ME_TOO) and not items:
        yield "same", 1.0


def _manner(part: Chunk, whole: Counter[Kind]) -> Iterator[Reason]:
    """For whom, on which condition, in which tone."""
    if part.has(Kind.FOR, Kind.SELF):
        yield "for", 0.5 if part.has(Kind.ITEM, *_WISHES) else 0.25
    if handed(part.tokens):
        yield "handed", 1.5
    if part.has(Kind.REQUEST):
        yield "request", 0.5
    if part.has(Kind.COND):
        yield "condition", 0.5
    corrected = whole[Kind.WRONG] and part.has(Kind.QUANTITY) and not part.has(Kind.ITEM)
    denied = part.has(Kind.IS) and (whole[Kind.WRONG] or whole[Kind.NOT])
    if part.has(*_CORRECTS) or corrected or denied:
        yield "correction", 1.0
    if any(token.text in _SOFTENERS for token in part.tokens) or part.has(Kind.AGREE):
        yield "tone", 0.5


def chosen(part: Chunk) -> bool:
    """那就28, 那给他红的吧: a spec alone, taken by the tone."""
    quiet = {Kind.ITEM, Kind.THAT, Kind.SOFT, Kind.FOR, Kind.SELF, Kind.OTHER, Kind.WANT}
    specs = [token.mention for token in part.tokens if token.mention]
    alone = len(specs) == 1 and specs[0].attribute and all(token.kind in quiet for token in part.tokens)
    return alone and (part.tokens[0].text in _FRESH or part.tokens[-1].text in {"吧", "啦", "好了"})


def described(part: Chunk) -> bool:
    """四件套蓝色的: nothing but a name, its spec and 的."""
    named = [token.mention.attribute for token in part.tokens if token.mention]
    quiet = all(token.kind in {Kind.ITEM, Kind.THAT} for token in part.tokens)
    return quiet and set(named) == {True, False} and part.tokens[-1].text == "的" and not named[0]


def _content(whole: Counter[Kind]) -> list[Kind]:
    quiet = {
        Kind.SPACE,
        Kind.SEPARATOR,
        Kind.STICKER,
        Kind.SOFT,
        Kind.THAT,
        Kind.SELF,
        Kind.AGREE,
        Kind.FOR,
        Kind.KIN,
    }
    return [kind for kind, times in whole.items() if kind not in quiet for _ in range(times)]


def _units(part: Chunk, lexicon: Lexicon) -> Iterator[Reason]:
    """Counts whose measure words belong, or do not belong, to the goods beside them."""
    named = {code for token in part.tokens if token.mention for code in token.mention.skus}
    skus = [lexicon.catalogue[code] for code in named] or list(lexicon.catalogue)
    for token in part.tokens:
        if token.kind is not Kind.QUANTITY or token.quantity is None or not token.quantity.unit:
            continue
        unit = token.quantity.unit
        if any(amounts.fits(sku, unit) for sku in skus):
            yield "own unit", 0.5
        elif all(amounts.strange(sku, token.quantity, bare=not named) for sku in skus):
            yield "strange unit", -1.0 if part.has(Kind.WANT, Kind.MORE) else -1.5


def _put_right(part: Chunk, lexicon: Lexicon, situation: Situation) -> bool:
    """草莓应该是两盒, by somebody who ordered some."""
    if not any(token.text in PUT_RIGHT for token in part.tokens):
        return False
    named = [code for token in part.tokens if token.mention for code in token.mention.skus]
    held = {code for code, units in situation.own_order.items() if units > 0}
    return bool(held & set(family(lexicon, named or situation.focus.skus)))


def _against(part: Chunk, parts: Sequence[Chunk], *, put_right: bool) -> Iterator[Reason]:
    yield from _unexplained(part, parts)
    yield from _people(part)
    corrects = put_right or any(one.has(*_CORRECTS) for one in parts)
    yield from _words_against(part, corrects=corrects)
    yield from stated(part, corrects=corrects)
    yield from tale(part, corrects=corrects)
    if given_out(part, told=any(one.has(Kind.QUANTITY) for one in parts[: part.index])):
        yield _GIVEN_OUT, -3.0
    yield from _guessed(part)
    if carried(part, parts):
        yield "carried", -5.0
    if part.has(Kind.IS) and part.has(Kind.SIZE) and not part.has(Kind.ITEM):
        yield "definition", -2.0
    before = parts[part.index - 1] if part.index else None
    named = before is not None and before.has(Kind.ITEM) and not before.has(Kind.QUANTITY) and not before.rest
    lone = part.has(Kind.QUANTITY) and not part.has(Kind.ITEM, *_WISHES) and _unitless(part)
    righted = any(one.has(Kind.WRONG) for one in parts[: part.index]) or (corrects and part.has(Kind.IS))
    if lone and len(parts) > 1 and part.tokens[0].text not in _FRESH and not righted:
        yield ("count of it", 1.0) if named else ("bare number", -1.0)
    after = parts[part.index + 1] if part.index + 1 < len(parts) else None
    if (
        after is not None
        and part.has(Kind.QUANTITY)
        and all(token.kind is Kind.WANT for token in after.tokens)
    ):
        yield "confirmed", 1.0


def _unexplained(part: Chunk, parts: Sequence[Chunk]) -> Iterator[Reason]:
    """Left-over characters weigh more where no goods were named: they may be the name of other goods."""
    if not part.rest:
        return
    before = parts[part.index - 1] if part.index else None
    named = before is not None and before.has(Kind.ITEM) and part.has(*_WISHES)
    if named and before and before.has(Kind.QUANTITY):
        named = part.has(Kind.ITEM, Kind.MORE, Kind.FOR, Kind.SELF, *CHANGES)
    complete = part.has(Kind.ITEM) and (part.has(Kind.QUANTITY) or part.dropped)
    yield "unexplained", (-0.5 if named or complete else -1.0) * min(part.rest, 10)
    if len(parts) == 1 and part.rest > _TALKATIVE:
        yield "long talk", -1.0


def _people(part: Chunk) -> Iterator[Reason]:
    """Counts of people, and what people other than the sender want."""
    if part.has(Kind.KIN) and part.has(Kind.QUANTITY) and not part.has(Kind.ITEM, Kind.SELF, Kind.FOR):
        yield "somebody's", -2.0
    if part.has(*CHANGES) and anothers(part.tokens):
        yield "another's", -6.0
    pairs = zip(part.tokens, part.tokens[1:], strict=False)
    if any(one.kind is Kind.QUANTITY and two.kind is Kind.KIN for one, two in pairs):
        yield "people", -2.0


def _words_against(part: Chunk, *, corrects: bool) -> Iterator[Reason]:
    """Questions, the past, conditions, others: not where a change or a correction speaks of the past."""
    forgiven = part.has(*CHANGES, *_CORRECTS)
    for kind in part.kinds:
        weight = _AGAINST.get(kind)
        if weight is None:
            continue
        forgiven_past = kind is Kind.PAST and forgiven
        asked_for = kind is Kind.QUESTION and part.has(Kind.REQUEST)
        no_count = kind is Kind.PRICE and not part.has(Kind.QUANTITY)
        told = kind is Kind.OTHER and corrects and not part.rest  # 不对 她说三盒
        if not (forgiven_past or asked_for or no_count or told):
            yield kind.value, weight


def _guessed(part: Chunk) -> Iterator[Reason]:
    """Names that are not written as they are, and names that run on into something unexplained (苹果汁)."""
    mentions = [token.mention for token in part.tokens if token.mention]
    if any(mention.how in {SHORT, PINYIN, TYPO} for mention in mentions):
        yield "guessed name", -0.25
    for token, after in zip(part.tokens, part.tokens[1:], strict=False):
        if (
            token.kind is Kind.ITEM
            and after.kind is Kind.REST
            and token.mention
            and not token.mention.attribute
        ):
            yield "runs on", -1.0


def _unitless(part: Chunk) -> bool:
    return all(token.quantity is None or not token.quantity.unit for token in part.tokens)


def _from_before(part: Chunk, verdicts: Sequence[Verdict]) -> Iterator[Reason]:
    """A condition, an offer to share, a fault said before still holds; so does the past for a lone count."""
    fresh = any(token.text in _FRESH for token in part.tokens)
    for verdict in verdicts:
        earlier = verdict.chunk
        if not fresh:
            yield from _lasting(part, verdict)
        if f"{_GIVEN_OUT}-3" in verdict.reasons and not part.has(Kind.ITEM):
            yield "given out too", -3.0
        counted = part.has(Kind.QUANTITY) and not part.has(Kind.ITEM) and not part.rest
        if counted and part.has(Kind.SELF) and verdict.orders and earlier.has(Kind.ITEM):
            yield "mine as well", 0.5
        elif counted and verdict.orders and part.has(Kind.KIN) and earlier.has(Kind.KIN, Kind.PLACE):
            yield "hers as well", 2.5
        if earlier.rest >= _TALK and not part.has(Kind.ITEM, *_WISHES, Kind.AGREE, Kind.SELF):
            yield "after talk", -0.5


def _lasting(part: Chunk, verdict: Verdict) -> Iterator[Reason]:
    earlier = verdict.chunk
    for kind in _LASTING:
        if earlier.has(kind) and not earlier.has(Kind.COND):
            yield f"after {kind.value}", -4.0
    wanted = part.has(Kind.ITEM, Kind.WANT, *CHANGES, *_CORRECTS)
    if earlier.has(Kind.PAST, Kind.DONE, Kind.LONG_AGO) and not wanted:
        yield "after the past", -2.0
    counted = earlier.has(Kind.ITEM) and earlier.has(Kind.QUANTITY)
    if counted and not verdict.orders and not part.has(*_WISHES) and not handed(part.tokens):
        yield "after counts of talk", -1.5


def _recipe(verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
    """Where several counts are of strange measure words, the others count no goods either."""
    strange = sum("strange unit-1.5" in verdict.reasons for verdict in verdicts)
    for verdict in verdicts:
        if strange >= _SEVERAL and "wish+1" not in verdict.reasons:
            yield Verdict(
                chunk=verdict.chunk, score=verdict.score - 2, reasons=(*verdict.reasons, "recipe-2")
            )
        else:
            yield verdict
