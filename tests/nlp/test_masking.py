"""What is left of a message when all that it names is masked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.lexicon import Lexicon
from nlp.masking import mask, tidy, unnamed
from nlp.normalise import normalise
from nlp.quantities import quantities
from tests.nlp.shops import catalogue


def masked(text: str) -> str:
    """The text as the model would read it in the test shop."""
    normalised = normalise(text)
    lexicon = Lexicon.of(catalogue())
    return mask(normalised, lexicon.mentions(normalised.text), quantities(normalised.text, lexicon.units))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("饺子来两袋", "◆来№○"),
        ("饺子来3斤", "◆来№斤"),
        ("手套多少钱一双?", "◆多少钱№○?"),
        ("饺子25块一袋", "◆№元№○"),
        ("我在3号楼", "我在№号楼"),
        ("@小团 查积分", "查积分"),
        ("小团帮我查积分", "帮我查积分"),
        ("@隔壁老王 你家饺子呢", "@你家◆呢"),
        ("@团长 饺子还有吗", "◆还有吗"),
        ("谢谢[玫瑰][玫瑰]", "谢谢☺"),
        ("谢谢🌹🌹", "谢谢☺"),
        ("好吃,真的。下次再买!", "好吃 真的 下次再买"),
        ("大箱的冰糖橙", "◇的◆"),
        ("OK", "ok"),
    ],
)
def test_what_is_named_becomes_a_sign(text: str, expected: str) -> None:
    assert masked(text) == expected


def test_another_shop_reads_the_same() -> None:
    assert masked("饺子来两袋") == masked("手套来4双")


def test_rules_see_goods_only() -> None:
    normalised = normalise("@小团 饺子两袋[捂脸]")
    mentions = Lexicon.of(catalogue()).mentions(normalised.text)
    assert unnamed(normalised, mentions) == "◆两袋"


@given(st.text(alphabet="饺子两袋3号楼@小团 [捂脸]😂,?A1元", max_size=30))
def test_masked_text_is_tidy(text: str) -> None:
    result = masked(text)
    assert tidy(result) == result
    assert "饺子" not in result
