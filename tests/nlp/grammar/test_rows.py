"""Rows of solitaire lists."""

import pytest

from bot.understanding import Situation, UnclearReason
from nlp.grammar.rows import RowReading, read_row
from nlp.lexicon import Lexicon
from tests.nlp.grammar.shop import NOW, catalogue


def _row(text: str) -> RowReading:
    shop = catalogue()
    return read_row(text, Lexicon.of(shop), Situation(now=NOW, catalogue=shop))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("墨汁2 毛笔1", {"E": 2, "F": 1}),
        ("E2 F1", {"E": 2, "F": 1}),
        ("墨汁一瓶(晚上8点后拿)", {"E": 1}),
        ("墨汁", {"E": 1}),
        ("大小号笔记本各1", {"A": 1, "B": 1}),
        ("墨汁3瓶 其中1瓶是帮3楼带的", {"E": 3}),
        ("乌龙茶4斤", {"C": 2}),
    ],
)
def test_sets_the_whole_order(text: str, lines: dict[str, int]) -> None:
    assert {change.sku: change.quantity for change in _row(text).changes} == lines


def test_asks_about_an_unclear_row() -> None:
    assert [one.reason for one in _row("笔记本1").unclear] == [UnclearReason.SPEC]


@pytest.mark.parametrize("text", ["", " ", "不要了", "+"])
def test_an_empty_row_is_empty(text: str) -> None:
    assert _row(text).empty


def test_spans_of_a_row_are_those_of_what_was_written() -> None:
    text = "②⑩墨汁②瓶"
    (change,) = read_row(text, Lexicon.of(catalogue()), Situation(now=NOW, catalogue=catalogue())).changes
    assert all(0 <= start < end <= len(text) for start, end in change.spans)
    assert "墨汁" in {text[start:end] for start, end in change.spans}
