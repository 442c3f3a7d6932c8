"""A message read as an order: its changes, what is unclear, and the evidence for both."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.model import Role
from bot.understanding import Focus, Intent, Situation, Step, Unclear
from nlp.grammar.answers import Answer, answer
from nlp.grammar.chunks import GIVEN_UP
from nlp.grammar.evidence import Verdict, judge
from nlp.grammar.gathering import gather
from nlp.grammar.offers import taken
from nlp.grammar.placing import change_placed, placing, unclear_placed
from nlp.grammar.references import Reference, joined
from nlp.grammar.resolution import Resolved, resolve
from nlp.grammar.tokens import Tokens, tokenise
from nlp.grammar.wishes import Act, Wish, Wishes
from nlp.grammar.words import Kind
from nlp.lexicon import Lexicon
from nlp.normalise import Normalised
from shop.changes import Change, ChangeKind

_DROPS = frozenset((ChangeKind.DROP, ChangeKind.DROP_ALL))


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReading:
    """What a message asks of the book; spans are characters of the original text.

    `intent` is None when it orders nothing. `skus` are all goods named, `focus` what the talk is about
    afterwards; `question`: it asks something as well; `answering`: it answers the pending question;
    `plain`: no character was left unexplained.
    """

    changes: tuple[Change, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    intent: Intent | None = None
    skus: tuple[str, ...] = ()
    focus: Focus = field(default_factory=Focus)
    question: bool = False
    answering: bool = False
    plain: bool = False
    steps: tuple[Step, ...] = ()


def read(normalised: Normalised, lexicon: Lexicon, situation: Situation, model: float = 0.0) -> OrderReading:
    """Read one message by the grammar; `model` is evidence that it orders, see `judge`."""
    held = [code for code, units in situation.own_order.items() if units > 0]
    tokens = tokenise(normalised.text, lexicon, situation.member_names, held)
    verdicts = judge(tokens, lexicon, situation, model)
    answered = answer(tokens, verdicts, lexicon, situation)
    if answered is not None:
        reading = _answered(answered, tokens)
        if answered.chunks < len(verdicts):
            more = resolve(gather(verdicts[answered.chunks :], lexicon), lexicon, situation, tokens.text)
            reading = replace(
                reading,
                changes=(*reading.changes, *more.changes),
                unclear=(*reading.unclear, *more.unclear),
            )
        return _original(reading, normalised)
    wishes = _meant(gather(verdicts, lexicon), tokens, situation)
    if all_left := taken(tokens, verdicts, situation):
        resolved = Resolved(changes=all_left)
    else:
        resolved = resolve(wishes, lexicon, situation, tokens.text)
    return _original(_reading(tokens, verdicts, resolved, situation, lexicon), normalised)


def _meant(wishes: Wishes, tokens: Tokens, situation: Situation) -> Wishes:
    """The wishes without what is no wish after all: 算了 to nobody's order, a price that the leader sets."""
    kept = tuple(wish for wish in wishes.wishes if not _idle(wish, tokens, situation))
    return replace(wishes, wishes=kept)


def _idle(wish: Wish, tokens: Tokens, situation: Situation) -> bool:
    if wish.act is Act.DROP and wish.goods is None and not wish.everything:
        drops = [token.text for token in tokens.tokens if token.kind is Kind.DROP]
        given_up = bool(drops) and set(drops) <= GIVEN_UP  # 还是算了 不要了 takes back
        return not any(situation.own_order.values()) or given_up
    if (
        wish.act is Act.ADD
        and wish.goods is not None
        and wish.quantity is None
        and not wish.spread
        and not wish.same
    ):
        said = wish.goods.spans[-1][1]
        return any(token.kind is Kind.QUESTION and token.start >= said for token in tokens.tokens)
    priced = wish.act is Act.SET and wish.quantity is not None and not wish.quantity.unit
    return priced and situation.role >= Role.HELPER


def _answered(answered: Answer, tokens: Tokens) -> OrderReading:
    skus = tuple(change.sku for choice in answered.choices for change in choice.changes)
    step = Step(
        rule=f"answer.{answered.rule}",
        span=(0, len(tokens.text)),
        note=" / ".join(choice.label for choice in answered.choices),
    )
    if len(answered.choices) > 1:
        unclear = replace(answered.unclear, choices=answered.choices)
        return OrderReading(
            unclear=(unclear,),
            intent=Intent.ORDER,
            skus=skus,
            focus=Focus(skus=skus),
            answering=True,
            steps=(step,),
        )
    changes = answered.choices[0].changes
    changes = tuple(replace(change, spans=((0, len(tokens.text)),)) for change in changes)
    return OrderReading(
        changes=changes,
        intent=_intent(changes, (), {}),
        skus=skus,
        focus=Focus(skus=skus),
        answering=True,
        steps=(step,),
    )


def _reading(
    tokens: Tokens,
    verdicts: Sequence[Verdict],
    resolved: Resolved,
    situation: Situation,
    lexicon: Lexicon,
) -> OrderReading:
    changes = resolved.changes
    intent = _intent(changes, resolved.unclear, situation.own_order)
    named = tuple(dict.fromkeys(code for mention in tokens.mentions for code in mention.skus))
    question = any(verdict.chunk.has(Kind.QUESTION, Kind.TAG) for verdict in verdicts)
    return OrderReading(
        changes=changes,
        unclear=resolved.unclear,
        intent=intent,
        skus=named,
        focus=_focus(changes, resolved.unclear, _named(tokens, lexicon), situation),
        question=question,
        plain=not any(token.kind is Kind.REST for token in tokens.tokens),
        steps=tuple(_steps(verdicts, changes, resolved.unclear)),
    )


def _intent(changes: Sequence[Change], unclear: Sequence[Unclear], held: Mapping[str, int]) -> Intent | None:
    """Rule 17: taking all back, or one of several, is a cancellation; several of them is an amendment."""
    if not changes:
        return Intent.ORDER if unclear else None
    kinds = {change.kind for change in changes}
    if kinds == {ChangeKind.ADD}:
        return Intent.ORDER
    if not kinds <= _DROPS:
        return Intent.AMEND
    dropped = {change.sku for change in changes}
    partly = len(changes) > 1 and any(units > 0 and code not in dropped for code, units in held.items())
    return Intent.AMEND if partly else Intent.CANCEL


def _named(tokens: Tokens, lexicon: Lexicon) -> tuple[str, ...]:
    """The goods that a message names, each with the spec beside it."""
    found = (one for one in joined(tokens.tokens, lexicon) if isinstance(one, Reference))
    return tuple(dict.fromkeys(code for one in found if one.named or one.single for code in one.skus))


def _focus(
    changes: Sequence[Change], unclear: Sequence[Unclear], named: tuple[str, ...], situation: Situation
) -> Focus:
    """The goods that a follow-up without goods is about; what it was before when this message names none."""
    asked = [change.sku for one in unclear for choice in one.choices for change in choice.changes]
    asked += [one.sku for one in unclear if one.sku]
    changed = [change.to or change.sku for change in changes if change.sku]
    skus = tuple(dict.fromkeys(asked or changed)) or named
    return (
        Focus(skus=skus, intent=_intent(changes, unclear, situation.own_order)) if skus else situation.focus
    )


def _steps(
    verdicts: Sequence[Verdict], changes: Sequence[Change], unclear: Sequence[Unclear]
) -> Iterable[Step]:
    for verdict in verdicts:
        if verdict.reasons:
            note = (
                f"{'orders' if verdict.orders else 'talks'} {verdict.score:+g}: {', '.join(verdict.reasons)}"
            )
            yield Step(rule="evidence", span=(verdict.chunk.start, verdict.chunk.end), note=note)
    for change in changes:
        places = [place for span in change.spans for place in span]  # a count may stand before its goods
        span = (min(places), max(places)) if places else (0, 0)
        yield Step(
            rule=f"change.{change.kind}",
            span=span,
            note=f"{change.sku} {change.quantity or ''} {change.to or ''}".strip(),
        )
    for one in unclear:
        yield Step(rule=f"unclear.{one.reason}", span=one.span, note=one.text)


def _original(reading: OrderReading, normalised: Normalised) -> OrderReading:
    """The reading with its spans moved to the original text."""
    place = placing(normalised)
    if place is None:
        return reading
    return replace(
        reading,
        changes=tuple(change_placed(change, place) for change in reading.changes),
        unclear=tuple(one if reading.answering else unclear_placed(one, place) for one in reading.unclear),
        steps=tuple(replace(step, span=place(step.span)) for step in reading.steps),
    )
