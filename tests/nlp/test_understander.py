"""One message through all readers."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Role
from bot.understanding import FaqMatch, Intent, Situation
from nlp.understander import GrammarUnderstander
from tests.nlp.grammar.shop import catalogue

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)


class _Faq:
    """Answers everything with one entry."""

    def find(self, text: str, *, room: str, role: Role, now: datetime, group_buy: str = "") -> FaqMatch:
        return FaqMatch(entry="hours", score=0.9, rule="test")

    def chosen(
        self, entry: str, *, room: str, role: Role, now: datetime, group_buy: str = ""
    ) -> FaqMatch | None:
        return FaqMatch(entry=entry, score=1.0, rule="chosen")


def _situation() -> Situation:
    return Situation(now=NOW, catalogue=catalogue(), member_names=("老李",))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("墨汁两瓶", Intent.ORDER),
        ("签到", Intent.CHECKIN),
        ("墨汁多少钱一瓶", Intent.PRODUCT_QUERY),
        ("今天真热啊", Intent.CHITCHAT),
        ("#接龙\n文具\n1. 老李 墨汁2瓶", Intent.ORDER),
    ],
)
def test_intents(text: str, intent: Intent) -> None:
    assert GrammarUnderstander().understand(text, _situation()).intent is intent


def test_the_faq_answers_questions_and_leaves_talk_alone() -> None:
    understander = GrammarUnderstander(faq=_Faq())
    assert understander.understand("几点可以来取呀", _situation()).intent is Intent.FAQ
    assert understander.understand("今天真热啊", _situation()).intent is Intent.CHITCHAT


@given(st.text(max_size=60))
def test_never_raises(text: str) -> None:
    assert GrammarUnderstander().understand(text, _situation()).text == text


class _SaysOrder:
    """A model that has one opinion."""

    def __init__(self, chance: float) -> None:
        self._chance = chance

    def scores(self, masked: str) -> Mapping[Intent, float]:
        return {Intent.ORDER: self._chance, Intent.CHITCHAT: 1 - self._chance}

    def commands(self, masked: str) -> Mapping[str, float]:
        return {}


TALKATIVE = "我眼睛不好使打字慢得很呐 墨汁就麻烦给我记两瓶这么多啦"


@pytest.mark.parametrize(("chance", "intent"), [(0.97, Intent.ORDER), (0.6, Intent.CHITCHAT)])
def test_what_the_words_leave_unsure_is_an_order_when_the_model_is_sure(
    chance: float, intent: Intent
) -> None:
    assert GrammarUnderstander().understand(TALKATIVE, _situation()).intent is Intent.CHITCHAT
    understood = GrammarUnderstander(classifier=_SaysOrder(chance)).understand(TALKATIVE, _situation())
    assert understood.intent is intent
    assert [change.quantity for change in understood.changes] == ([2] if intent is Intent.ORDER else [])


@pytest.mark.parametrize("text", ["今天真热啊", "要是墨汁便宜我就买两瓶", "两瓶墨汁都漏了"])
def test_the_model_alone_books_nothing(text: str) -> None:
    understood = GrammarUnderstander(classifier=_SaysOrder(0.99)).understand(text, _situation())
    assert not understood.changes
