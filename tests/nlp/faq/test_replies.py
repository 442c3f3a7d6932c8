"""What members say to the FAQ's last words to them, read by the whole understander."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from bot import documents
from bot.model import Role
from bot.understanding import Asked, Command, Intent, Situation, Understanding
from nlp.faq.entries import entries_of
from nlp.faq.index import FaqIndex
from nlp.understander import GrammarUnderstander
from tests.nlp.grammar.shop import catalogue

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
FILE = """
- {id: invoice, q: 能开发票吗, a: 能开。}
- {id: receipt, title: 小票, q: 有购物小票吗, a: 有。}
- {id: staff, q: 对账表在哪, a: 在后台。, scope: {role: leader}}
"""
OFFERED = Asked(text="票", suggested=("invoice", "receipt", "staff"))
ANSWERED = Asked(text="票", entry="invoice")


@pytest.fixture(scope="module")
def understander() -> GrammarUnderstander:
    return GrammarUnderstander(faq=FaqIndex(entries_of(documents.parse(FILE, "faq.yaml")).entries))


def read(one: GrammarUnderstander, text: str, asked: Asked | None, role: Role = Role.MEMBER) -> Understanding:
    return one.understand(text, Situation(now=NOW, catalogue=catalogue(), asked=asked, role=role))


@pytest.mark.parametrize("text", ["2", "第二个", "第2个吧", "选2", "就第二个", "②", "2.", "@小团 2"])
def test_a_number_chooses(understander: GrammarUnderstander, text: str) -> None:
    understood = read(understander, text, OFFERED)
    assert understood.intent is Intent.FAQ
    assert understood.faq is not None
    assert (understood.faq.entry, understood.faq.rule, understood.faq.answer) == ("receipt", "chosen", "有。")


@pytest.mark.parametrize("text", ["小票", "有购物小票吗"])
def test_the_words_shown_choose_too(understander: GrammarUnderstander, text: str) -> None:
    understood = read(understander, text + "?", OFFERED)
    assert understood.faq is not None
    assert understood.faq.entry == "receipt"


@pytest.mark.parametrize("text", ["4", "墨汁2瓶", "2瓶墨汁", "+2", "2个", "一瓶墨汁", "二楼有电梯"])
def test_orders_and_other_numbers_choose_nothing(understander: GrammarUnderstander, text: str) -> None:
    understood = read(understander, text, OFFERED)
    assert understood.faq is None or understood.faq.rule != "chosen"


@pytest.mark.parametrize("text", ["都不是", "不是", "都不是我想问的", "没有"])
def test_none_of_them_is_a_question_that_is_still_open(understander: GrammarUnderstander, text: str) -> None:
    understood = read(understander, text, OFFERED)
    assert (understood.intent, understood.answering) == (Intent.QUESTION, True)


def test_a_number_without_suggestions_is_none(understander: GrammarUnderstander) -> None:
    assert read(understander, "2", None).faq is None
    assert read(understander, "2", ANSWERED).faq is None


def test_what_is_not_for_the_asker_is_not_given_by_number_either(understander: GrammarUnderstander) -> None:
    assert read(understander, "3", OFFERED).intent is Intent.QUESTION
    assert read(understander, "3", OFFERED, Role.LEADER).intent is Intent.FAQ


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("有用", Command.HELPFUL),
        ("解决了谢谢", Command.HELPFUL),
        ("没用", Command.UNHELPFUL),
        ("不是我想问的", Command.UNHELPFUL),
        ("没啥用啊", Command.UNHELPFUL),
    ],
)
def test_an_answer_is_judged(understander: GrammarUnderstander, text: str, command: Command) -> None:
    understood = read(understander, text, ANSWERED)
    assert understood.directive is not None
    assert understood.directive.command is command
    assert read(understander, text, None).directive is None


@pytest.mark.parametrize("text", ["人工", "转人工", "我要人工客服", "找团长", "叫客服", "人工在吗"])
def test_a_human_being_is_asked_for(understander: GrammarUnderstander, text: str) -> None:
    understood = read(understander, text, None)
    assert understood.directive is not None
    assert understood.directive.command is Command.HUMAN


@pytest.mark.parametrize("text", ["人工费多少", "找团长拿货去了", "客服说明天到", "我找团长退的款"])
def test_talk_about_people_asks_for_nobody(understander: GrammarUnderstander, text: str) -> None:
    assert read(understander, text, None).directive is None


def test_operators_may_write_themselves_what_is_said_to_who_asks_for_a_human_being() -> None:
    entries = entries_of(
        documents.parse("- {id: line, q: 转人工, a: 九点到六点有人。, handoff: true}", "f.yaml")
    )
    understood = read(GrammarUnderstander(faq=FaqIndex(entries.entries)), "转人工", None)
    assert understood.faq is not None
    assert (understood.directive, understood.faq.entry) == (None, "line")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("回滚FAQ", None),
        ("faq回滚", None),
        ("回滚 faq 到 3", 3),
        ("把问答恢复到第12版", 12),
        ("FAQ退回上一版", None),
    ],
)
def test_leaders_roll_back(understander: GrammarUnderstander, text: str, number: int | None) -> None:
    understood = read(understander, text, None, Role.LEADER)
    assert understood.directive is not None
    assert (understood.directive.command, understood.directive.quantity) == (Command.FAQ_ROLLBACK, number)
    assert read(understander, text, None).directive is None


class _Chatty:
    """A model that holds everything for talk, and is sure of it."""

    def scores(self, masked: str) -> Mapping[Intent, float]:
        return {Intent.CHITCHAT: 0.99}

    def commands(self, masked: str) -> Mapping[str, float]:
        return {}


@pytest.mark.parametrize(
    ("text", "at_bot", "intent"),
    [
        ("能开发票吗", True, Intent.FAQ),
        ("这儿能给手机充电吗", True, Intent.CHITCHAT),
        ("这儿能给手机充电吗", False, Intent.CHITCHAT),
        ("今天真热啊", True, Intent.CHITCHAT),
        ("谢谢", True, Intent.CHITCHAT),
    ],
)
def test_who_calls_the_bot_is_answered_whatever_the_model_holds_it_for(
    text: str, at_bot: bool, intent: Intent
) -> None:
    index = FaqIndex(entries_of(documents.parse(FILE, "faq.yaml")).entries)
    situation = Situation(now=NOW, catalogue=catalogue(), at_bot=at_bot)
    read = GrammarUnderstander(faq=index, classifier=_Chatty()).understand(text, situation)
    assert read.intent is intent
    assert read.small_talk is (at_bot and intent is Intent.CHITCHAT and text != "谢谢")
