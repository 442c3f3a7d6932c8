from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.money import format_yuan, parse_yuan


@pytest.mark.parametrize(
    ("fen", "said"),
    [(1290, "12.9元"), (1200, "12元"), (1205, "12.05元"), (5, "0.05元"), (0, "0元"), (-1290, "-12.9元")],
)
def test_yuan_is_written_as_short_as_it_is_exact(fen: int, said: str) -> None:
    assert format_yuan(fen) == said


@pytest.mark.parametrize(
    ("value", "fen"),
    [("12.9", 1290), ("¥12.90", 1290), ("12.9元", 1290), (" 8块 ", 800), (19.99, 1999), (7, 700), (".5", 50)],
)
def test_yuan_is_read_from_text_and_numbers(value: str | float, fen: int) -> None:
    assert parse_yuan(value) == fen


@pytest.mark.parametrize(
    "value", ["", "元", "12.345", "十二", "1e3", "nan", float("inf"), True, Decimal("0.001")]
)
def test_what_is_no_whole_number_of_fen_is_refused(value: str | float | Decimal) -> None:
    with pytest.raises(ValueError, match="not a"):
        parse_yuan(value)


@given(st.integers(-(10**9), 10**9))
def test_what_is_written_is_read_back(fen: int) -> None:
    assert parse_yuan(format_yuan(fen)) == fen


@given(st.integers(0, 10**7))
def test_floats_of_yaml_files_are_read_exactly(fen: int) -> None:
    assert parse_yuan(fen / 100) == fen
