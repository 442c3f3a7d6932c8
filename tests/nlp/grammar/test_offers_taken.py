"""What the bot said is left, taken as it is, in part, or not at all."""

import pytest

from bot.understanding import Focus
from tests.nlp.grammar.shop import booked


@pytest.mark.parametrize(
    "text",
    [
        "剩两瓶那就两瓶",
        "那两瓶我全要了",
        "有几瓶要几瓶",
        "剩多少我都要了",
        "剩下的都给我吧",
        "全要了",
        "2瓶都得",
        "两瓶也行",
        "行吧 两瓶就两瓶",
        "只剩2瓶啊 那就2瓶",
    ],
)
def test_what_is_left_is_taken(text: str) -> None:
    found = booked(text, offered={"E": 2}, focus=Focus(skus=("E",)))
    assert found == ["add E 2"]


@pytest.mark.parametrize(
    "text", ["剩两瓶谁抢得过你们", "两瓶不够用啊", "那算了", "剩几瓶来着", "全要了你们吃得完吗"]
)
def test_what_is_left_is_only_spoken_of(text: str) -> None:
    assert booked(text, offered={"E": 2}, focus=Focus(skus=("E",))) == []


def test_settling_for_what_is_left_takes_nothing_of_what_was_ordered() -> None:
    own = {"own_order": {"E": 3}, "focus": Focus(skus=("E",))}
    assert booked("一瓶就行", offered={"E": 2}, **own) == ["add E 1"]
    assert booked("一瓶就行", **own) == ["set E 1"]


@pytest.mark.parametrize(
    ("text", "changes"), [("那敢买了 两瓶", ["add E 2"]), ("那必须来一瓶", ["add E 1"]), ("那敢买了", [])]
)
def test_who_was_told_what_he_asked_orders(text: str, changes: list[str]) -> None:
    assert booked(text, focus=Focus(skus=("E",))) == changes
