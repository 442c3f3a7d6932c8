"""Unanswered questions become a draft."""

from datetime import date

from bot import documents
from nlp.faq.entries import entries_of
from nlp.faq.misses import Miss, draft, grouped

TODAY = date(2026, 3, 4)


def test_alike_questions_are_one_group_and_the_most_asked_comes_first() -> None:
    asked = ["有停车位吗", "几点关门啊", "请问几点关门", "几点关门", "几点关门"]
    groups = grouped(Miss(text=text) for text in asked)
    assert [(group.questions[0], group.count) for group in groups] == [("几点关门", 4), ("有停车位吗", 1)]


def test_a_group_names_the_entries_that_answered_to_no_use() -> None:
    asked = [Miss(text="能赊账吗"), Miss(text="能赊账吗", entry="pay"), Miss(text="能不能赊账", entry="pay")]
    (group,) = grouped(asked)
    assert (group.count, group.entries) == (3, ("pay",))
    assert "问过 3 次，pay 答了但被说没用" in draft([group], TODAY)


def test_ids_that_are_taken_are_not_given_again() -> None:
    text = draft(grouped([Miss(text="几点关门")]), TODAY, {"miss-0304-1"})
    assert "miss-0304-2" in text


def test_the_draft_is_a_file_that_loads_switched_off() -> None:
    text = draft(grouped(Miss(text=one) for one in ('说"好吃"的是谁', "几点关门")), TODAY)
    made = entries_of(documents.parse(text, "draft.yaml"))
    assert sorted(entry.q[0] for entry in made) == ["几点关门", '说"好吃"的是谁']
    assert not any(entry.enabled for entry in made)
