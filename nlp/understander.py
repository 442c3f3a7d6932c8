"""The understander: one message through all readers, in order, to one meaning."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.model import Role
from bot.ports import FaqFinder
from bot.understanding import (
    Aspect,
    Command,
    Directive,
    FaqMatch,
    Intent,
    RowChange,
    Situation,
    SolitaireReading,
    Step,
    Understanding,
)
from nlp import segment, solitaire
from nlp.addressee import leaning
from nlp.commands import directive, intent_of
from nlp.complaints import shortfall
from nlp.faq.replies import reply_to_faq
from nlp.grammar.reader import OrderReading, read
from nlp.grammar.rows import read_row
from nlp.grammar.tokens import LONGEST
from nlp.homophones import sounds
from nlp.intents import SURE, asks, by_rules
from nlp.lexicon import Lexicon, Mention
from nlp.masking import mask, tidy, unnamed
from nlp.normalise import Normalised, normalise
from nlp.quantities import quantities
from nlp.trade import relevance
from shop.changes import ChangeKind

_EITHER = re.compile("是[^,。!]{1,12}还是")
_SURE_ENOUGH_TO_SPEAK = 0.85
"""Below it the model's word does not break the silence: without it every sixth line of talk was answered."""
_PER_WORD = 1.0
"""How far a unit of relevance moves the odds that the shop is spoken to."""
_LIKELY_BY_RULE, _LIKELY, _LIKELY_BY_MODEL = 0.5, 0.5, 0.71
"""Chances from which on the shop is held for the one asked, when the words have been weighed too."""
_OPEN = frozenset((Intent.PRODUCT_QUERY, Intent.RECOMMEND))
"""Questions that are asked of anything, not only of a shop."""
_ANSWERABLE = frozenset((Intent.PRODUCT_QUERY, Intent.QUESTION))
"""What an entry of the FAQ may answer instead."""


class IntentModel(Protocol):
    """Scores of intents for a masked text; the best is what the model says."""

    def scores(self, masked: str) -> Mapping[Intent, float]:
        """How likely each intent is, from 0 to 1."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Guess:
    """An intent for a message that orders nothing, how sure, and what said so."""

    intent: Intent
    confidence: float
    rule: str
    aspect: Aspect | None = None
    scores: tuple[tuple[Intent, float], ...] = ()


class GrammarUnderstander:
    """Reads by rules and grammar; a model decides what they leave unsure, the FAQ what it can answer."""

    def __init__(self, faq: FaqFinder | None = None, classifier: IntentModel | None = None) -> None:
        self._faq = faq
        self._classifier = classifier
        _warm_up()

    def understand(self, text: str, situation: Situation) -> Understanding:
        """Read one message; never raises on any text."""
        normalised = normalise(text)
        replied = reply_to_faq(text, normalised, situation, self._faq)
        if replied is not None:
            return replied
        lexicon = Lexicon.of(situation.catalogue)
        listed = solitaire.read(text, lexicon, situation, read_row)
        if listed is not None:
            return _listed(text, normalised, listed, situation)
        commanded = directive(normalised, lexicon, situation)
        if commanded is not None:
            written = self._own_words(text, commanded, normalised, situation)
            if written is not None:
                return written
            return _commanded(text, normalised, commanded, situation)
        reading = read(normalised, lexicon, situation)
        if _orders(reading, normalised):
            return _ordered(text, normalised, reading)
        said = _beginning(normalised)
        mentions = lexicon.mentions(said.text)
        relevant = _relevance(said, mentions, situation)
        guess = self._guess(said, mentions, situation, relevant)
        again = _read_again(reading, guess, normalised, lexicon, situation)
        if _orders(again, normalised):
            return replace(_ordered(text, normalised, again), scores=guess.scores)
        return self._asked(text, said, reading, guess, situation, relevant=relevant)

    def _asked(
        self,
        text: str,
        normalised: Normalised,
        reading: OrderReading,
        guess: _Guess,
        situation: Situation,
        *,
        relevant: float,
    ) -> Understanding:
        match = (
            self._match(normalised.text, situation, relevant)
            if _answerable(guess, reading, normalised.text, situation)
            else None
        )
        answered = match is not None and bool(match.entry)
        return Understanding(
            text=text,
            normalised=normalised.text,
            intent=_intent(guess, match, reading, normalised.text, at_bot=situation.at_bot),
            confidence=match.score if answered and match else guess.confidence,
            scores=guess.scores,
            faq=match,
            aspect=guess.aspect,
            skus=reading.skus,
            focus=reading.focus,
            question=reading.question,
            steps=(*reading.steps, Step(rule=guess.rule, span=(0, len(text)), note=guess.intent)),
        )

    def _guess(
        self, normalised: Normalised, mentions: Sequence[Mention], situation: Situation, relevant: float
    ) -> _Guess:
        ruled = by_rules(normalised, mentions, situation)
        if ruled is not None and ruled[0] in _OPEN and _weighed(ruled[1], relevant) < _LIKELY_BY_RULE:
            ruled = None
        if ruled is not None and (ruled[1] >= SURE or self._classifier is None):
            return _Guess(intent=ruled[0], confidence=ruled[1], rule=f"rule.{ruled[2]}", aspect=ruled[3])
        if self._classifier is None:
            return _Guess(intent=Intent.CHITCHAT, confidence=0.5, rule="nothing else")
        masked = mask(normalised, mentions, quantities(normalised.text), leader=situation.role > Role.MEMBER)
        ranked = sorted(self._classifier.scores(masked).items(), key=lambda pair: -pair[1])
        best, score = next(
            ((one, score) for one, score in ranked if one not in _NEVER_GUESSED), (Intent.CHITCHAT, 0.5)
        )
        if not _spoken_to(best, score, relevant, normalised.text, situation):
            best, score = (Intent.CHITCHAT if ruled is None else ruled[0]), min(score, 0.5)
        return _Guess(
            intent=best,
            confidence=score,
            rule="model",
            aspect=ruled[3] if ruled else None,
            scores=tuple(ranked),
        )

    def _match(self, text: str, situation: Situation, relevant: float) -> FaqMatch | None:
        if self._faq is None:
            return None
        match = self._faq.find(
            text,
            room=situation.room,
            role=situation.role,
            now=situation.now,
            group_buy=situation.group_buy,
        )
        if match.entry and _weighed(match.score, relevant) < _LIKELY:
            return replace(match, entry="", rule="other talk")
        return match

    def _own_words(
        self, text: str, given: Directive, normalised: Normalised, situation: Situation
    ) -> Understanding | None:
        """What operators wrote themselves for those who ask for a human being, None where they did not."""
        if given.command is not Command.HUMAN:
            return None
        match = self._match(normalised.text, situation, 0.0)
        if match is None or not match.entry:
            return None
        step = Step(rule=f"faq.{match.rule}", span=given.span, note=match.entry)
        return Understanding(
            text=text, normalised=normalised.text, intent=Intent.FAQ, faq=match, steps=(step,)
        )


_BOOKING = (Intent.ORDER, Intent.AMEND, Intent.CANCEL)
_NEVER_GUESSED = frozenset((*_BOOKING, Intent.ADMIN))
"""The model alone neither books nor commands: what the grammars do not read as such is none."""
_LIKELY_ORDER, _MOST_BY_MODEL = 0.8, 3.0
"""From which likelihood on the model speaks for an order, and how much its word weighs at most.

At .8 it knew three of five orders among the messages of unseen chats that the grammar had taken for talk,
and took one per cent of the others for orders; the evidence of the words decides between these.
"""


def _orders(reading: OrderReading, normalised: Normalised) -> bool:
    """An answer is one, whatever it says of a slip of the pen (前头打漏了)."""
    return reading.intent is not None and (reading.answering or not shortfall(tidy(normalised.text)))


def _read_again(
    reading: OrderReading, guess: _Guess, normalised: Normalised, lexicon: Lexicon, situation: Situation
) -> OrderReading:
    """What the words alone do not prove to be an order, weighed together with the model's word for it."""
    scores = dict(guess.scores)
    chance = sum(scores.get(intent, 0.0) for intent in _BOOKING)
    if reading.intent is not None or chance < _LIKELY_ORDER:
        return reading
    return read(normalised, lexicon, situation, min(_odds(chance), _MOST_BY_MODEL))


def _answerable(guess: _Guess, reading: OrderReading, text: str, situation: Situation) -> bool:
    """Whether the FAQ is looked up: for questions, and for what nobody knows when it sounds like one."""
    if guess.intent is not Intent.CHITCHAT:
        return guess.intent in _ANSWERABLE
    if situation.at_bot:
        return guess.confidence < SURE or guess.rule == "model"  # who calls the bot wants something of it
    return guess.confidence < SURE and _sounds_asked(reading, text)


def _sounds_asked(reading: OrderReading, text: str) -> bool:
    return reading.question or asks(text) or _EITHER.search(text) is not None


def _intent(
    guess: _Guess, match: FaqMatch | None, reading: OrderReading, text: str, *, at_bot: bool
) -> Intent:
    """A question put to the bot stays one although nothing answers it: silence would be rude."""
    if match is not None and match.entry:
        return Intent.FAQ
    if at_bot and match is not None and guess.intent is Intent.CHITCHAT and _sounds_asked(reading, text):
        return Intent.QUESTION
    return guess.intent


def _relevance(normalised: Normalised, mentions: Sequence[Mention], situation: Situation) -> float:
    """How far a message is the shop's to hear: by its words and by whom it speaks to."""
    if situation.at_bot:
        return 0.0
    return relevance(unnamed(normalised, mentions)) + leaning(normalised.text, situation)


def _spoken_to(intent: Intent, score: float, relevant: float, text: str, situation: Situation) -> bool:
    """Whether what the model says is enough to break the silence."""
    if score < _SURE_ENOUGH_TO_SPEAK or _weighed(score, relevant) < _LIKELY_BY_MODEL:
        return False
    if situation.role >= Role.HELPER and intent is Intent.AFTERSALE:
        return False
    return situation.at_bot or relevant > 0 or asks(text)


def _odds(chance: float) -> float:
    """The logarithm of the odds, of a chance from 0 to 1."""
    sure = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(sure / (1 - sure))


def _weighed(chance: float, relevant: float) -> float:
    """What stays likely in the light of the words: those of trade prove nothing, others speak against it."""
    odds = _odds(chance) + _PER_WORD * min(relevant, 0.0)
    return 1 / (1 + math.exp(-odds))


def _beginning(normalised: Normalised) -> Normalised:
    """As much as is read of one message: nobody asks in more words than that."""
    return Normalised(text=normalised.text[:LONGEST], origin=normalised.origin[:LONGEST])


def _warm_up() -> None:
    """Load dictionaries before the first message waits for them."""
    segment.words("一")
    sounds("一")


def _commanded(text: str, normalised: Normalised, given: Directive, situation: Situation) -> Understanding:
    focus = replace(situation.focus, skus=given.skus) if given.skus else situation.focus
    return Understanding(
        text=text,
        normalised=normalised.text,
        intent=intent_of(given, situation),
        directive=given,
        skus=given.skus,
        focus=focus,
        steps=(Step(rule=f"command.{given.command}", span=given.span, note=given.text),),
    )


def _ordered(text: str, normalised: Normalised, reading: OrderReading) -> Understanding:
    return Understanding(
        text=text,
        normalised=normalised.text,
        intent=reading.intent or Intent.ORDER,
        changes=reading.changes,
        unclear=reading.unclear,
        skus=reading.skus,
        focus=reading.focus,
        answering=reading.answering,
        question=reading.question,
        steps=reading.steps,
    )


_BY_OWNER = frozenset((RowChange.CHANGED_BY_OWNER, RowChange.REMOVED_BY_OWNER))
_DROPS = frozenset((ChangeKind.DROP, ChangeKind.DROP_ALL))


def _list_intent(listed: SolitaireReading, situation: Situation) -> Intent:
    """Own rows may change or cancel what was ordered; every other list orders, or changes nothing."""
    acting = [event for event in listed.events if event.changes or event.unclear]
    if not acting:
        return Intent.CHITCHAT
    if not all(event.kind in _BY_OWNER for event in acting) or not any(situation.own_order.values()):
        return Intent.ORDER
    dropping = all(change.kind in _DROPS for event in acting for change in event.changes)
    return Intent.CANCEL if dropping and not any(event.unclear for event in acting) else Intent.AMEND


def _listed(
    text: str, normalised: Normalised, listed: SolitaireReading, situation: Situation
) -> Understanding:
    """A whole list; what its events do to the book the handler decides."""
    asked = [
        choice.changes[0].sku for event in listed.events for one in event.unclear for choice in one.choices
    ]
    focus = replace(situation.focus, skus=tuple(dict.fromkeys(asked))) if asked else situation.focus
    return Understanding(
        text=text,
        normalised=normalised.text,
        intent=_list_intent(listed, situation),
        unclear=tuple(one for event in listed.events for one in event.unclear),
        solitaire=listed,
        focus=focus,
        steps=(Step(rule="solitaire", span=(0, len(text)), note=f"{len(listed.current.rows)} rows"),),
    )
