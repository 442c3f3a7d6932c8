"""The understander: one message through all readers, in order, to one meaning."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.model import Role
from bot.ports import FaqFinder
from bot.understanding import (
    Aspect,
    Command,
    Directive,
    FaqMatch,
    Intent,
    Paste,
    RowChange,
    Situation,
    SolitaireReading,
    Step,
    Understanding,
)
from nlp import commands, pastes, segment, solitaire
from nlp.addressee import leaning
from nlp.asking import asks
from nlp.commands import directive, intent_of
from nlp.complaints import returned
from nlp.faq.replies import reply_to_faq
from nlp.grammar.reader import OrderReading, read
from nlp.grammar.rows import read_row
from nlp.grammar.tokens import LONGEST
from nlp.guesses import Guess, IntentModel, guess, odds, weighed
from nlp.homophones import sounds
from nlp.intents import SURE
from nlp.lexicon import Lexicon, Mention
from nlp.masking import mask, unnamed
from nlp.normalise import Normalised, normalise
from nlp.quantities import quantities
from nlp.trade import FLOOR, relevance
from shop.changes import ChangeKind

_EITHER = re.compile("是[^,。!]{1,12}还是")
_LIKELY = 0.5
"""Chance from which on an entry of the FAQ is an answer, when the words have been weighed too."""
_OF_GOODS, _NEAR_ENOUGH = 0.85, 0.78
"""How sure the model is of a question about goods, and how near an entry is that answers it instead."""
_ANSWERABLE = frozenset((Intent.PRODUCT_QUERY, Intent.QUESTION))
"""What an entry of the FAQ may answer instead."""


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
        pasted = pastes.read(text, situation) if situation.private else None
        if pasted is not None:
            return _pasted(text, normalised, pasted)
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
        mentions = lexicon.mentions(normalised.text)
        if not reading.answering:
            commanded = self._commanded(normalised, lexicon, mentions, situation)
            if commanded is not None:
                return _commanded(text, normalised, commanded, situation)
        if _orders(reading, normalised, mentions):
            if not self._denied(reading, normalised, mentions, situation):
                return _ordered(text, normalised, reading)
            reading = replace(reading, changes=(), unclear=(), intent=None)
        return self._talk(text, normalised, reading, lexicon, situation)

    def _talk(
        self,
        text: str,
        normalised: Normalised,
        reading: OrderReading,
        lexicon: Lexicon,
        situation: Situation,
    ) -> Understanding:
        """A message that by its words alone neither commands nor orders."""
        said = _beginning(normalised)
        mentions = lexicon.mentions(said.text)
        relevant = max(_relevance(said, mentions, situation), _asked_for(said, mentions, situation))
        guessed = guess(said, mentions, situation, relevant, self._classifier)
        again = _read_again(reading, guessed, normalised, lexicon, situation)
        if _orders(again, normalised, lexicon.mentions(normalised.text)):
            return replace(_ordered(text, normalised, again), scores=guessed.scores)
        return self._asked(text, said, reading, guessed, situation, relevant=relevant)

    def _commanded(
        self, normalised: Normalised, lexicon: Lexicon, mentions: Sequence[Mention], situation: Situation
    ) -> Directive | None:
        """What a leader may have commanded in words of their own."""
        if self._classifier is None or situation.role < Role.HELPER:
            return None
        masked = _masked(normalised, mentions, situation)
        likely = self._classifier.scores(masked).get(Intent.ADMIN, 0.0)
        return commands.guess(normalised, lexicon, situation, likely, self._classifier.commands(masked))

    def _denied(
        self,
        reading: OrderReading,
        normalised: Normalised,
        mentions: Sequence[Mention],
        situation: Situation,
    ) -> bool:
        """Whether the model is sure that what looks like an order is none; not asked where all is plain."""
        if self._classifier is None or reading.answering or (reading.plain and situation.open):
            return False
        scores = self._classifier.scores(_masked(normalised, mentions, situation))
        bought = not situation.open and any(situation.own_order.values())
        returned = bought and scores.get(Intent.AFTERSALE, 0.0) >= _RETURNED
        return returned or sum(scores.get(intent, 0.0) for intent in _BOOKING) < _NO_ORDER

    def _asked(
        self,
        text: str,
        normalised: Normalised,
        reading: OrderReading,
        guessed: Guess,
        situation: Situation,
        *,
        relevant: float,
    ) -> Understanding:
        match = self._answer(guessed, reading, normalised.text, situation, relevant)
        answered = match is not None and bool(match.entry)
        return Understanding(
            text=text,
            normalised=normalised.text,
            intent=_intent(guessed, match, reading, normalised.text, at_bot=situation.at_bot),
            confidence=match.score if answered and match else guessed.confidence,
            scores=guessed.scores,
            faq=match,
            aspect=guessed.aspect,
            skus=reading.skus,
            focus=reading.focus,
            question=reading.question,
            overheard=guessed.overheard,
            small_talk=guessed.small_talk and not answered,
            steps=(*reading.steps, Step(rule=guessed.rule, span=(0, len(text)), note=guessed.intent)),
        )

    def _answer(
        self, guessed: Guess, reading: OrderReading, text: str, situation: Situation, relevant: float
    ) -> FaqMatch | None:
        """What the FAQ says to it, None where it is not asked."""
        if not _answerable(guessed, reading, text, situation):
            return None
        match = self._match(text, situation, 0.0 if situation.at_bot else relevant)
        if match is None or not match.entry or match.rule != "meaning":
            return match
        sure = dict(guessed.scores).get(Intent.PRODUCT_QUERY, 0.0)
        about_goods = guessed.intent is Intent.PRODUCT_QUERY and (sure >= _OF_GOODS or _priced(guessed))
        told = situation.role >= Role.HELPER and not situation.at_bot  # staff ask each other, not the FAQ
        if told or guessed.small_talk or (about_goods and match.score < _NEAR_ENOUGH):
            return replace(match, entry="", rule="other talk")
        return match

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
        if match.entry and weighed(match.score, relevant) < _LIKELY:
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
_LIKELY_ORDER, _MOST_BY_MODEL = 0.8, 3.0
"""From which likelihood on the model speaks for an order, and how much its word weighs at most.

At .8 it knew three of five orders among the messages of unseen chats that the grammar had taken for talk,
and took one per cent of the others for orders; the evidence of the words decides between these.
"""


_NO_ORDER, _RETURNED = 0.1, 0.3
"""Below which likelihood of an order the model denies it; from which one of bad goods on, once it is closed.

Of 2,172 orders in the recorded chats it gave 3 less than .1, two of them doubtful, and of 23 wrong ones 14.
"""


def _orders(reading: OrderReading, normalised: Normalised, mentions: Sequence[Mention]) -> bool:
    """An answer is one, whatever it says of a slip of the pen (前头打漏了)."""
    if reading.intent is None or reading.answering:
        return reading.intent is not None
    return not returned(unnamed(normalised, mentions, specs=True))


def _read_again(
    reading: OrderReading, guessed: Guess, normalised: Normalised, lexicon: Lexicon, situation: Situation
) -> OrderReading:
    """What the words alone do not prove to be an order, weighed together with the model's word for it."""
    scores = dict(guessed.scores)
    chance = sum(scores.get(intent, 0.0) for intent in _BOOKING)
    if reading.intent is not None or chance < _LIKELY_ORDER or guessed.intent is Intent.AFTERSALE:
        return reading
    return read(normalised, lexicon, situation, min(odds(chance), _MOST_BY_MODEL))


def _priced(guess: Guess) -> bool:
    """Whether it plainly asks what goods cost, which the shop file knows."""
    return guess.aspect is Aspect.PRICE and guess.confidence >= SURE


def _answerable(guess: Guess, reading: OrderReading, text: str, situation: Situation) -> bool:
    """Whether the FAQ is looked up: for questions, and for what nobody knows when it sounds like one."""
    if guess.intent is not Intent.CHITCHAT:
        return guess.intent in _ANSWERABLE
    if situation.at_bot:
        return guess.confidence < SURE or guess.rule == "model"  # who calls the bot wants something of it
    return guess.confidence < SURE and _sounds_asked(reading, text)


def _sounds_asked(reading: OrderReading, text: str) -> bool:
    return reading.question or asks(text) or _EITHER.search(text) is not None


def _intent(
    guess: Guess, match: FaqMatch | None, reading: OrderReading, text: str, *, at_bot: bool
) -> Intent:
    """A question put to the bot stays one although nothing answers it: silence would be rude."""
    if match is not None and match.entry:
        return Intent.FAQ
    left_open = guess.intent is Intent.CHITCHAT and not guess.small_talk
    if at_bot and match is not None and left_open and _sounds_asked(reading, text):
        return Intent.QUESTION
    return guess.intent


def _relevance(normalised: Normalised, mentions: Sequence[Mention], situation: Situation) -> float:
    """How far a message is the shop's to hear: by its words and by whom it speaks to."""
    return relevance(unnamed(normalised, mentions)) + leaning(normalised.text, situation)


def _masked(normalised: Normalised, mentions: Sequence[Mention], situation: Situation) -> str:
    """A message as the model reads it."""
    leader = situation.role > Role.MEMBER
    return mask(normalised, mentions, quantities(normalised.text), leader=leader)


def _asked_for(normalised: Normalised, mentions: Sequence[Mention], situation: Situation) -> float:
    """How far the clause that asks is the shop's to hear, whatever reasons a customer tells beside it."""
    if situation.at_bot or not any(situation.own_order.values()):
        return FLOOR
    clauses = [clause for clause in unnamed(normalised, mentions).split() if asks(clause)]
    return max(map(relevance, clauses), default=FLOOR) + leaning(normalised.text, situation)


def _beginning(normalised: Normalised) -> Normalised:
    """As much as is read of one message: nobody asks in more words than that."""
    return Normalised(text=normalised.text[:LONGEST], origin=normalised.origin[:LONGEST])


def _warm_up() -> None:
    """Load dictionaries before the first message waits for them."""
    segment.words("一")
    sounds("一")


def _pasted(text: str, normalised: Normalised, paste: Paste) -> Understanding:
    """What others said elsewhere: nothing of it is the sender's wish here."""
    return Understanding(
        text=text,
        normalised=normalised.text,
        intent=Intent.CHITCHAT,
        paste=paste,
        steps=(
            Step(rule=f"paste.{paste.kind}", span=(0, len(text)), note=f"{len(paste.messages)} messages"),
        ),
    )


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
