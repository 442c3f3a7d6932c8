"""The understander: one message through all readers, in order, to one meaning."""

from bot.ports import FaqFinder
from bot.understanding import FaqMatch, Intent, Situation, Understanding
from nlp.grammar.reader import OrderReading, read
from nlp.lexicon import Lexicon
from nlp.normalise import Normalised, normalise


class GrammarUnderstander:
    """Reads by rules and grammar; the FAQ finder says whether an entry answers a question."""

    def __init__(self, faq: FaqFinder | None = None) -> None:
        self._faq = faq

    def understand(self, text: str, situation: Situation) -> Understanding:
        """Read one message; never raises on any text."""
        normalised = normalise(text)
        reading = read(normalised, Lexicon.of(situation.catalogue), situation)
        if reading.intent is not None:
            return _ordered(text, normalised, reading)
        return self._asked(text, normalised, reading, situation)

    def _asked(self, text: str, normalised: Normalised, reading: OrderReading, situation: Situation) -> Understanding:
        match = self._match(normalised.text, situation)
        return Understanding(
            text=text,
            normalised=normalised.text,
            intent=Intent.FAQ if match is not None and match.entry else Intent.CHITCHAT,
            faq=match,
            skus=reading.skus,
            focus=reading.focus,
            question=reading.question,
            steps=reading.steps,
        )

    def _match(self, text: str, situation: Situation) -> FaqMatch | None:
        if self._faq is None:
            return None
        return self._faq.find(text, room="", role=situation.role, now=situation.now)


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
