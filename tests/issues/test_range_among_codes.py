"""三五, which is a range and no code, said in a row of codes stopped the reading of the whole message."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import Situation
from nlp.numerals import whole
from nlp.understander import GrammarUnderstander
from shop.catalogue import Catalogue, Sku
from shop.money import Fen

GOODS = Catalogue(
    skus=tuple(
        Sku(code=str(number), name=name, unit="盒", price=Fen(1000))
        for number, name in enumerate(("毛笔", "砚台", "宣纸", "墨汁", "镇纸", "笔洗"), 1)
    )
)


@pytest.mark.parametrize("text", ["三五、六各一个", "三五,六号", "五六、二号各一份"])
def test_a_range_is_no_code(text: str) -> None:
    understood = GrammarUnderstander().understand(
        text, Situation(now=datetime(2026, 5, 1, 9, tzinfo=UTC), catalogue=GOODS)
    )
    assert not {change.sku for change in understood.changes} - {"2", "6"}


@pytest.mark.parametrize("text", ["三、五、六各一个", "3、5、6号各一个"])
def test_codes_in_a_row_still_are(text: str) -> None:
    understood = GrammarUnderstander().understand(
        text, Situation(now=datetime(2026, 5, 1, 9, tzinfo=UTC), catalogue=GOODS)
    )
    assert {change.sku for change in understood.changes} == {"3", "5", "6"}


@pytest.mark.parametrize(
    ("written", "value"), [("12", 12), ("十二", 12), ("二十", 20), ("两", 2), ("三五", None), ("一一", None)]
)
def test_a_numeral_counts_what_all_of_it_says(written: str, value: int | None) -> None:
    assert whole(written) == value


@given(st.lists(st.text(alphabet="一二三五九十3", min_size=1, max_size=3), min_size=1, max_size=4))
def test_no_row_of_numerals_stops_the_reading(numerals: list[str]) -> None:
    text = "、".join(numerals) + "号各一个"
    now = datetime(2026, 5, 1, 9, tzinfo=UTC)
    assert GrammarUnderstander().understand(text, Situation(now=now, catalogue=GOODS)).text == text
