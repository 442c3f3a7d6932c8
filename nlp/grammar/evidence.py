"""Whether a stretch of a message orders or only talks: scored evidence, every point of it with its reason."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.model import Role
from bot.understanding import Situation
from nlp.grammar import amounts
from nlp.grammar.tokens import Token, Tokens
from nlp.grammar.words import Kind
from nlp.lexicon import PINYIN, SHORT, TYPO, Lexicon

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
_CHANGES = (Kind.SET, Kind.LESS, Kind.DROP, Kind.SWAP)
_AGAINST = {
    Kind.PAST: -3.0,
    Kind.DONE: -3.0,
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
_FEW = 3
_LASTING = (Kind.IF, Kind.SHARE, Kind.FAULT, Kind.POINTS)
_CORRECTS = (Kind.WRONG, Kind.NOT)
_FINALS = frozenset(["吧", "啦", "嘛", "哈", "呗", "咯", "噻", "撒", "啊", "呀", "嘞", "哦", "喽"])
"""Particles that end a clause where nothing was typed to end it."""
_SOFTENERS = ("吧", "嘛", "那", "那就", "咁", "啦", "呗", "咯", "哈", "先", "好嘞", "那么", "这回", "好的")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Tokens between two spaces or separators; `hard` when a separator and no space stands before it."""

    tokens: tuple[Token, ...]
    index: int
    hard: bool = False

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    def count(self, *kinds: Kind) -> int:
        """How many tokens are of these kinds."""
        return sum(token.kind in kinds for token in self.tokens)

    @property
    def rest(self) -> int:
        """Characters that nothing explains."""
        return sum(len(token.text) for token in self.tokens if token.kind is Kind.REST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The evidence on one chunk: its sum and the reasons."""

    chunk: Chunk
    score: float
    reasons: tuple[str, ...]

    @property
    def orders(self) -> bool:
        return self.score >= THRESHOLD


def chunks(tokens: Iterable[Token]) -> tuple[Chunk, ...]:
    """Cut at spaces and separators."""
    groups: list[tuple[list[Token], bool]] = [([], False)]
    for token in tokens:
        if token.kind in {Kind.SPACE, Kind.SEPARATOR}:
            groups.append(([], token.kind is Kind.SEPARATOR))
            continue
        if token.kind is Kind.STICKER:
            groups.append(([], False))
            continue
        groups[-1][0].append(token)
        if token.text in _FINALS or (token.kind is Kind.QUESTION and token.text.endswith("?")):
            groups.append(([], token.kind is Kind.QUESTION))
    filled = [(group, hard) for group, hard in groups if group]
    return tuple(
        Chunk(tokens=tuple(group), index=index, hard=hard) for index, (group, hard) in enumerate(filled)
    )


def judge(tokens: Tokens, lexicon: Lexicon, situation: Situation) -> tuple[Verdict, ...]:
    """Weigh every chunk of a message, each in the light of those before it."""
    parts = chunks(tokens.tokens)
    whole = Counter(token.kind for token in tokens.tokens)
    shadow = _shadow(tokens, situation)
    verdicts: list[Verdict] = []
    for part in parts:
        reasons = [*shadow, *_for(part, whole, lexicon, situation), *_against(part, parts)]
        reasons += _from_before(part, verdicts, parts)
        verdicts.append(
            Verdict(
                chunk=part,
                score=round(sum(weight for _, weight in reasons), 2),
                reasons=tuple(f"{reason}{weight:+g}" for reason, weight in reasons),
            )
        )
    return tuple(_recipe(verdicts, lexicon))


def _shadow(tokens: Tokens, situation: Situation) -> Iterator[tuple[str, float]]:
    """What bears on every chunk: who speaks, and to whom."""
    if tokens.addressed and not situation.at_bot and tokens.addressed in situation.member_names:
        yield "addressed", -3.0
    if situation.role >= Role.HELPER and not any(
        token.kind in {Kind.SELF, Kind.ME_TOO} for token in tokens.tokens
    ):
        yield "leader", -0.5


def _for(
    part: Chunk, whole: Counter[Kind], lexicon: Lexicon, situation: Situation
) -> Iterator[tuple[str, float]]:
    items, counts = part.count(Kind.ITEM), part.count(Kind.QUANTITY, Kind.SIZE, Kind.HALF)
    wishes = part.count(*_WISHES)
    if items and counts:
        yield "goods and count", 2.0
    elif items and wishes:
        yield "goods and wish", 1.5
    elif items:
        yield "goods", 1.0
    elif counts:
        yield "count", 1.0
    if part.count(*_CHANGES):
        yield "change", 1.0
    if part.count(Kind.WANT, Kind.EACH, Kind.ME_TOO, Kind.PLUS, Kind.EVERY) or (
        counts and part.count(Kind.MORE)
    ):
        yield "wish", 1.0
    if part.count(Kind.SAME, Kind.USUAL, Kind.ME_TOO) and not items:
        yield "same", 1.0
    if part.count(Kind.FOR, Kind.SELF):
        yield "for", 0.5 if items or wishes else 0.25
    if part.count(Kind.REQUEST):
        yield "request", 0.5
    if part.count(Kind.COND):
        yield "condition", 0.5
    if part.count(*_CORRECTS) or (part.count(Kind.IS) and (whole[Kind.WRONG] or whole[Kind.NOT])):
        yield "correction", 1.0
    if any(token.text in _SOFTENERS for token in part.tokens) or part.count(Kind.AGREE):
        yield "tone", 0.5
    yield from _units(part, lexicon)
    if counts and not items and not part.rest and len(_content(whole)) <= counts + wishes:
        yield "nothing else", 1.0


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


def _units(part: Chunk, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
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
            yield "strange unit", -1.0 if part.count(Kind.WANT, Kind.MORE) else -1.5


def _against(part: Chunk, parts: Sequence[Chunk]) -> Iterator[tuple[str, float]]:
    if part.rest:
        named = part.index > 0 and parts[part.index - 1].count(Kind.ITEM) > 0 and part.count(*_WISHES) > 0
        lone = not (part.count(Kind.ITEM) and part.count(Kind.QUANTITY)) and not named
        yield "unexplained", (-1.0 if lone else -0.5) * min(part.rest, 10)
    if part.count(Kind.KIN) and not part.count(Kind.ITEM, Kind.SELF, Kind.FOR) and part.count(Kind.QUANTITY):
        yield "somebody's", -2.0
    if any(
        one.kind is Kind.QUANTITY and two.kind is Kind.KIN
        for one, two in zip(part.tokens, part.tokens[1:], strict=False)
    ):
        yield "people", -2.0
    forgiven = part.count(*_CHANGES, *_CORRECTS) > 0
    for kind, weight in _AGAINST.items():
        if not part.count(kind) or (kind is Kind.PAST and forgiven):
            continue
        if kind is Kind.QUESTION and part.count(Kind.REQUEST):
            continue
        if kind is Kind.PRICE and not part.count(Kind.QUANTITY):
            continue
        yield kind.value, weight
    if any(
        token.kind is Kind.ITEM and token.mention and token.mention.how in {SHORT, PINYIN, TYPO}
        for token in part.tokens
    ):
        yield "guessed name", -0.25
    if part.count(Kind.IS) and part.count(Kind.SIZE) and not part.count(Kind.ITEM):
        yield "definition", -2.0
    yield from _stated(part, corrects=any(one.count(*_CORRECTS) for one in parts))
    yield from _compound(part)
    before = parts[part.index - 1] if part.index else None
    named = (
        before is not None and before.count(Kind.ITEM) and not before.count(Kind.QUANTITY) and not before.rest
    )
    if (
        part.count(Kind.QUANTITY)
        and not part.count(Kind.ITEM, *_WISHES)
        and not named
        and len(parts) > 1
        and _unitless(part)
    ):
        yield "bare number", -1.0


def _stated(part: Chunk, *, corrects: bool) -> Iterator[tuple[str, float]]:
    """Counts that a sentence states and does not ask for: 装了5个, 还有2袋, 39一包, 我那两盒."""
    corrects = corrects or part.count(*_CHANGES) > 0
    for before, token in zip(part.tokens, part.tokens[1:], strict=False):
        if token.kind is not Kind.QUANTITY or token.quantity is None:
            continue
        if before.text[-1] in "了咗过" and before.kind in {Kind.SOFT, Kind.REST} and not corrects:
            yield "perfective", -3.0
        elif before.text in {"有", "还有", "仲有", "就有", "剩"} and part.count(Kind.QUANTITY) == 1:
            yield "there is", -3.0
        elif before.text in {"我那", "我这", "我嗰"} and not corrects:
            yield "mine", -1.5
        elif before.kind is Kind.IS and not corrects:
            yield "statement", -1.5
        elif before.kind is Kind.QUANTITY and before.end == token.start and _is_price(before, token):
            yield "price", -2.0
    if any(token.quantity and token.quantity.approximate for token in part.tokens):
        yield "about", -2.0


def _is_price(before: Token, token: Token) -> bool:
    """39一包: a bare number right before one of a unit."""
    counts = before.quantity, token.quantity
    return bool(counts[0] and counts[1] and not counts[0].unit and counts[1].unit and counts[1].value <= _FEW)


def _compound(part: Chunk) -> Iterator[tuple[str, float]]:
    """A name that runs on into something unexplained is another thing: 苹果汁, 银耳羹."""
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


def _from_before(
    part: Chunk, verdicts: Sequence[Verdict], parts: Sequence[Chunk]
) -> Iterator[tuple[str, float]]:
    """A condition, an offer to share, a fault said before still holds; so does the past for a lone count."""
    fresh = any(token.text in {"那", "那就", "咁", "那么", "好的", "这回"} for token in part.tokens)
    for verdict in verdicts:
        earlier = verdict.chunk
        for kind in _LASTING:
            if earlier.count(kind) and not fresh and not earlier.count(Kind.COND):
                yield f"after {kind.value}", -4.0
        if (
            earlier.count(Kind.PAST, Kind.DONE)
            and not part.count(Kind.ITEM)
            and not part.count(Kind.WANT)
            and not fresh
        ):
            if not part.count(*_CHANGES, *_CORRECTS):
                yield "after the past", -2.0
        if (
            not verdict.orders
            and earlier.count(Kind.ITEM)
            and earlier.count(Kind.QUANTITY)
            and not part.count(*_WISHES)
            and not fresh
        ):
            yield "after counts of talk", -1.5
        if earlier.rest >= 3 and not part.count(Kind.ITEM, *_WISHES, Kind.AGREE, Kind.SELF):
            yield "after talk", -0.5
    if len(parts) == 1 and part.rest > 12:
        yield "long talk", -1.0


def _recipe(verdicts: Sequence[Verdict], lexicon: Lexicon) -> Iterator[Verdict]:
    """Where several counts are of strange measure words, the others count no goods either."""
    strange = sum("strange unit-1.5" in verdict.reasons for verdict in verdicts)
    for verdict in verdicts:
        if strange >= 2 and "wish+1" not in verdict.reasons:
            yield Verdict(
                chunk=verdict.chunk, score=verdict.score - 2, reasons=(*verdict.reasons, "recipe-2")
            )
        else:
            yield verdict
