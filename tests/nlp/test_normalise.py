import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.normalise import Normalised, fold, normalise, stickers

CHARACTERS = st.characters()  # lone surrogates are among them
TYPED = st.text(st.sampled_from("0129０９①⑩❷🔟\ufe0f\u20e3\u200d xX×✖*Aa苹箱兩㎏⑴\ud83c½ \n"), max_size=20)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("苹果２箱，Ａ１！", "苹果2箱,A1!"),
        ("草莓\u30002盒\xa0谢谢", "草莓 2盒 谢谢"),
        ("@小团\u2005签到", "@小团 签到"),
        ("3️⃣盒", "3盒"),
        ("🔟个", "10个"),
        ("1️⃣0️⃣袋", "10袋"),
        ("①梨②桃", "1梨2桃"),
        ("①2箱", "1 2箱"),
        ("1️⃣2箱", "1 2箱"),
        ("2①", "2 1"),
        ("①②", "1 2"),
        ("⑿瓶", "12瓶"),
        ("❷盒", "2盒"),
        ("➕1", "+1"),
        ("＋１", "+1"),
        ("➖1", "-1"),
        ("梨✖️3", "梨*3"),
        ("梨×3", "梨*3"),
        ("梨x3", "梨*3"),
        ("梨 X 3", "梨 * 3"),
        ("梨x两盒", "梨*两盒"),
        ("3x梨", "3*梨"),
        ("Bx2", "B*2"),
        ("＊2", "*2"),
        ("matrix2", "matrix2"),
        ("2xl", "2xl"),
        ("✖ 不要", "✖ 不要"),
        ("🅱️2", "B2"),
        ("Ⓒ1", "C1"),
        ("𝟯份", "3份"),
        ("5㎏", "5kg"),
        ("㈢號樓", "三号楼"),
        ("雞蛋兩盒，謝謝團長", "鸡蛋两盒,谢谢团长"),
        ("桃\u200b子\ufeff", "桃子"),
        ("梨\ud83d", "梨"),
        ("a\r\nb", "a\n\nb"),
        ("iPhone", "iPhone"),
        ("¥9．9", "¥9.9"),
        ("[捂脸]［笑］", "[捂脸][笑]"),
        ("½斤", "½斤"),
        ("", ""),
    ],
)
def test_one_form(text: str, expected: str) -> None:
    assert normalise(text).text == expected


def test_spans_lead_back_to_what_was_typed() -> None:
    text = "\u200b🔟個雞\ufe0f蛋"
    form = normalise(text)
    assert form.text == "10个鸡蛋"
    assert text[slice(*form.original_span(0, 2))] == "🔟"
    assert text[slice(*form.original_span(3, 5))] == "雞\ufe0f蛋"
    assert form.original_span(0, 5) == (1, len(text))


def test_empty_spans_stand_before_a_character() -> None:
    form = normalise("\u200b梨\u200b桃")
    assert form.original_span(1, 1) == (3, 3)
    assert form.original_span(2, 2) == (4, 4)
    assert Normalised(text="", origin=()).original_span(0, 0) == (0, 0)


def test_spans_outside_the_text_are_refused() -> None:
    with pytest.raises(IndexError):
        normalise("梨").original_span(0, 2)


@given(st.text(CHARACTERS) | TYPED)
def test_a_second_pass_changes_nothing(text: str) -> None:
    once = normalise(text).text
    assert normalise(once) == Normalised(text=once, origin=tuple(range(len(once))))


@given(st.text(CHARACTERS) | TYPED)
def test_origins_rise_and_lie_in_the_text(text: str) -> None:
    form = normalise(text)
    assert len(form.origin) == len(form.text)
    assert all(before <= after for before, after in pairwise(form.origin))
    assert all(0 <= index < len(text) for index in form.origin)


@given(st.text(CHARACTERS))
def test_nothing_invisible_or_unwritable_is_left(text: str) -> None:
    form = normalise(text).text
    form.encode()
    assert not [each for each in form if unicodedata.category(each) in {"Cc", "Cf", "Cs"} and each != "\n"]


@given(st.text(CHARACTERS) | TYPED)
def test_folding_keeps_every_place(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


def test_folding_leaves_what_would_move_the_rest() -> None:
    assert fold("兩㎏🔟Ａ") == "两㎏🔟A"


def test_stickers_are_found_by_their_brackets() -> None:
    text = "好吃[捂脸]来2箱[Smile][2箱]"
    assert [text[start:end] for start, end in stickers(text)] == ["[捂脸]", "[Smile]"]
