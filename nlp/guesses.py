"""What a message wants that orders nothing: by rules, by the model, by its words and by the situation."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.model import Role
from bot.understanding import Aspect, Intent, Situation
from nlp.advice import MEALS
from nlp.asking import asks
from nlp.complaints import own_slip
from nlp.grievances import points
from nlp.intents import SURE, Verdict, by_rules
from nlp.lexicon import Mention
from nlp.masking import mask, unnamed
from nlp.normalise import Normalised
from nlp.quantities import quantities
from nlp.smalltalk import of_the_bot

_SURE_ENOUGH_TO_SPEAK = 0.85
"""Below it the model's word does not break the silence: without it every sixth line of talk was answered."""
_PER_WORD = 1.0
"""How far a unit of relevance moves the odds that the shop is spoken to."""
_HALF_A_WORD = 0.5
"""The same where an answer costs nothing: what is only overheard, and what one asks of the shop alone."""
_LIKELY_BY_RULE, _LIKELY_BY_MODEL = 0.5, 0.71
"""Chances from which on the shop is held for the one asked, when the words have been weighed too."""
_LIKELY_OVERHEARD, _LIKELY_OWN = 0.6, 0.8
"""Likelihoods by the model from which on a question is one, though not answered; or is one's own."""
_GRIEVANCE = -1.5
"""Log odds of a report of bad goods before anything speaks for it, beside the model's."""
_LEAST, _MOST = 0.1, 0.98
"""How sure the model may be of what it reads there: it has seen few of the ways in which goods go bad."""
_LONGEST_GRIEVANCE = 60
_AT_BOT = 0.8
"""How far a unit of relevance counts when the bot is called: people play with it, but less than they ask."""
_OPEN = frozenset((Intent.PRODUCT_QUERY, Intent.RECOMMEND))
"""Questions that are asked of anything, not only of a shop."""
_OVERHEARD = frozenset((Intent.PRODUCT_QUERY, Intent.QUESTION))
_MEALS = re.compile(MEALS)
_IN_STOCK = re.compile(
    r"^[^\s,你]{1,6}还?有(?:吗|没有?|莫得|没得|冇|伐|不)[呀啊]?$|^还?有(?:没有)?[^\s,你]{1,6}卖(?:吗|没|不|伐)?$"
)
"""Asked of a shop that may not have it: 平果有吗."""
_NEVER_GUESSED = frozenset((Intent.ORDER, Intent.AMEND, Intent.CANCEL, Intent.ADMIN))
"""The model neither books nor commands: what the grammars do not read as such is none."""


class IntentModel(Protocol):
    """Scores of intents for a masked text; the best is what the model says."""

    def scores(self, masked: str) -> Mapping[Intent, float]:
        """How likely each intent is, from 0 to 1."""
        ...

    def commands(self, masked: str) -> Mapping[str, float]:
        """How likely each leader's command is; empty from a model that knows none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """An intent for a message that orders nothing, how sure, and what said so.

    `overheard`: likely a question of that kind, but not likely put to the shop.
    """

    intent: Intent
    confidence: float
    rule: str
    aspect: Aspect | None = None
    scores: tuple[tuple[Intent, float], ...] = ()
    overheard: bool = False
    small_talk: bool = False


def guess(
    normalised: Normalised,
    mentions: Sequence[Mention],
    situation: Situation,
    relevant: float,
    model: IntentModel | None,
) -> Guess:
    """What rules and model make of a message; `relevant` is how far its words are the shop's."""
    ruled = by_rules(normalised, mentions, situation)
    heard = 0.0 if situation.at_bot else relevant
    if ruled is not None and ruled[0] in _OPEN and weighed(ruled[1], heard) < _LIKELY_BY_RULE:
        ruled = None
    if ruled is not None and (ruled[1] >= SURE or model is None):
        return Guess(intent=ruled[0], confidence=ruled[1], rule=f"rule.{ruled[2]}", aspect=ruled[3])
    if model is None:
        return Guess(intent=Intent.CHITCHAT, confidence=0.5, rule="nothing else")
    masked = mask(normalised, mentions, quantities(normalised.text), leader=situation.role > Role.MEMBER)
    scores = model.scores(masked)
    ranked = tuple(sorted(scores.items(), key=lambda pair: -pair[1]))
    text = unnamed(normalised, mentions, specs=True)
    wronged = _wronged(text, scores.get(Intent.AFTERSALE, 0.0), relevant, situation)
    if wronged > 0:
        return Guess(intent=Intent.AFTERSALE, confidence=_chance(wronged), rule="grievance", scores=ranked)
    if ruled is not None and ruled[0] is Intent.AFTERSALE:
        ruled = None  # an unsure sign, and all signs together speak against it
    return _by_model(ruled, ranked, relevant, normalised.text, situation)


def weighed(chance: float, relevant: float, per_word: float = _PER_WORD) -> float:
    """What stays likely in the light of the words: those of trade prove nothing, others speak against it."""
    return _chance(odds(chance) + per_word * min(relevant, 0.0))


def odds(chance: float) -> float:
    """The logarithm of the odds, of a chance from 0 to 1."""
    sure = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(sure / (1 - sure))


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _wronged(text: str, score: float, relevant: float, situation: Situation) -> float:
    """Log odds that bad goods are reported; staff report none."""
    if situation.role >= Role.HELPER or len(text) > _LONGEST_GRIEVANCE:
        return -math.inf
    if situation.open and own_slip(text):
        return -math.inf
    said = odds(min(max(score, _LEAST), _MOST))
    spoken = sum(weight for _, weight in points(text, situation))
    return said + spoken + _HALF_A_WORD * min(relevant, 0.0) + _GRIEVANCE


def _by_model(
    ruled: Verdict | None,
    ranked: tuple[tuple[Intent, float], ...],
    relevant: float,
    text: str,
    situation: Situation,
) -> Guess:
    kept = [pair for pair in ranked if pair[0] not in _NEVER_GUESSED and pair[0] is not Intent.AFTERSALE]
    if _MEALS.search(text) and not situation.at_bot:
        kept = [pair for pair in kept if pair[0] is not Intent.RECOMMEND]
    best, score = kept[0] if kept else (Intent.CHITCHAT, 0.5)
    aspect = ruled[3] if ruled else None
    if situation.at_bot and _played(ranked, relevant, text):
        return Guess(
            intent=Intent.CHITCHAT, confidence=0.5, rule="small talk", scores=ranked, small_talk=True
        )
    if _spoken_to(best, score, relevant, text, at_bot=situation.at_bot):
        return Guess(intent=best, confidence=score, rule="model", aspect=aspect, scores=ranked)
    asked = sum(chance for intent, chance in kept if intent in _OVERHEARD)
    if ruled is None and not situation.at_bot and best in _OVERHEARD and _overheard(asked, relevant, text):
        return Guess(intent=best, confidence=score, rule="overheard", scores=ranked, overheard=True)
    return Guess(
        intent=Intent.CHITCHAT if ruled is None else ruled[0],
        confidence=min(score, 0.5),
        rule="model",
        aspect=aspect,
        scores=ranked,
    )


def _played(ranked: Sequence[tuple[Intent, float]], relevant: float, text: str) -> bool:
    """Whether who calls the bot talks with it for fun, or asks it what any shop could not know."""
    if of_the_bot(text):
        return True
    shop = sum(score for intent, score in ranked if intent not in {Intent.CHITCHAT, Intent.ADMIN})
    return weighed(shop, relevant, _AT_BOT) < _LIKELY_BY_MODEL


def _spoken_to(intent: Intent, score: float, relevant: float, text: str, *, at_bot: bool) -> bool:
    """Whether what the model says is enough to break the silence."""
    in_stock = intent is Intent.PRODUCT_QUERY and score >= _SURE_ENOUGH_TO_SPEAK and _IN_STOCK.search(text)
    if in_stock or (score >= _LIKELY_OWN and _ones_own(intent, text)):
        return weighed(score, relevant, _HALF_A_WORD) >= _LIKELY_BY_MODEL
    heard = 0.0 if at_bot else relevant
    if score < _SURE_ENOUGH_TO_SPEAK or weighed(score, heard) < _LIKELY_BY_MODEL:
        return False
    return at_bot or relevant > 0 or asks(text)


def _ones_own(intent: Intent, text: str) -> bool:
    """Whether it asks about the asker's own order or choice, which is asked of nobody but the shop."""
    if not asks(text) or "你" in text:
        return False
    return intent is Intent.RECOMMEND or (intent is Intent.ORDER_QUERY and "我" in text)


def _overheard(chance: float, relevant: float, text: str) -> bool:
    """Whether it is a question for the shop, though perhaps not one put to it: nothing is said then."""
    likely = chance >= _LIKELY_OVERHEARD and weighed(chance, relevant, _HALF_A_WORD) >= _LIKELY_BY_MODEL
    return likely and asks(text)
