from collections.abc import Iterator

import pytest

from nlp.trade import FLOOR, relevance, words
from nlp.training.trade import weigh

ASKED = ("几点截单", "什么时候送货", "能退货吗", "送货要钱吗")
TALKED = ("孩子睡了吗", "今天好热", "什么时候下班")


def test_words_of_trade_outweigh_those_of_other_subjects() -> None:
    assert relevance("满多少可以免运费") > 0
    assert relevance("那位女演员是哪年出生的") < -2
    assert relevance("◆甜不甜") > relevance("甜不甜")


def test_a_story_around_a_question_counts_for_no_less_than_the_floor() -> None:
    assert relevance("火山喷发以后科学家研究地壳运动和板块漂移得出许多结论") == FLOOR


@pytest.mark.parametrize("text", ["吗", "什么", "多长时间", "可以吗"])
def test_what_any_question_may_hold_weighs_nothing(text: str) -> None:
    assert relevance(text) == 0


def test_words_weigh_what_was_asked_against_what_was_talked() -> None:
    weights = weigh(ASKED, TALKED)
    assert weights["退货"] > 0 > weights["孩子"]
    assert weights["什么"] == 0


def test_signs_are_words_of_their_own() -> None:
    def found() -> Iterator[str]:
        return words("◆和《故事》")

    assert list(found())[:2] == ["◆", "和"]
    assert "《" in found()
