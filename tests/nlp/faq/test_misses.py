"""Unanswered questions become a draft."""

from datetime import date

from bot import documents
from nlp.faq.entries import entries_of
from nlp.faq.misses import draft, grouped


def test_alike_questions_are_one_group_and_the_most_asked_comes_first() -> None:
    asked = ["有停车位吗", "几点关门啊", "请问几点关门", "几点关门", "@小团 几点关门"]
    groups = grouped(asked)
    assert [(group.questions[0], group.count) for group in groups] == [("几点关门", 4), ("有停车位吗", 1)]


def test_numbers_and_names_are_masked() -> None:
    (group,) = grouped(["@3栋王姐 13800001234 是谁的号"])
    assert group.questions == ("*** 是谁的号",)


def test_the_draft_is_a_file_that_loads_switched_off() -> None:
    text = draft(grouped(['说"好吃"的是谁', "几点关门"]), date(2026, 3, 4))
    made = entries_of(documents.parse(text, "draft.yaml"))
    assert sorted(entry.q[0] for entry in made) == ["几点关门", '说"好吃"的是谁']
    assert not any(entry.enabled for entry in made)
