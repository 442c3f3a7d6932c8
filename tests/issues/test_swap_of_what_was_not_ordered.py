"""苹果改成小箱的 of somebody who had ordered only other goods moved those; it answers the open question."""

from datetime import UTC, datetime

import pytest

from bot.understanding import Choice, Intent, Pending, Situation, Unclear, UnclearReason
from nlp.understander import GrammarUnderstander
from shop.changes import Change, ChangeKind
from tests.nlp.shops import catalogue

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
CHOICES = tuple(
    Choice(label=label, changes=(Change(kind=ChangeKind.ADD, sku=code, quantity=1),))
    for code, label in (("A", "大箱10斤"), ("B", "小箱5斤"))
)
ASKED = Pending(
    unclear=(Unclear(reason=UnclearReason.SPEC, span=(0, 2), text="橙子", choices=CHOICES),),
    message_id="m1",
    member=1,
)
SAID = ("橙子改成小箱的", "我自己的橙子改成小箱的吧")


@pytest.mark.parametrize("text", SAID)
def test_nothing_else_is_moved(text: str) -> None:
    situation = Situation(now=NOW, catalogue=catalogue(), own_order={"D": 2})
    assert not GrammarUnderstander().understand(text, situation).changes


@pytest.mark.parametrize("text", [*SAID, "改成小箱"])
def test_it_answers_what_was_asked(text: str) -> None:
    situation = Situation(now=NOW, catalogue=catalogue(), own_order={"D": 2}, pending=ASKED)
    understood = GrammarUnderstander().understand(text, situation)
    assert understood.answering
    assert understood.intent is Intent.ORDER
    assert [(change.kind, change.sku) for change in understood.changes] == [(ChangeKind.ADD, "B")]


@pytest.mark.parametrize("text", SAID)
def test_what_was_ordered_moves(text: str) -> None:
    situation = Situation(now=NOW, catalogue=catalogue(), own_order={"A": 2, "D": 1})
    (change,) = GrammarUnderstander().understand(text, situation).changes
    assert (change.kind, change.sku, change.to) == (ChangeKind.SWAP, "A", "B")
