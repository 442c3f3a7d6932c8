"""Times of day in a message."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.moments import moment

ZONE = timezone(timedelta(hours=8))
WEDNESDAY = datetime(2026, 3, 4, 14, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20:00", (4, 20, 0)),
        ("今晚8点", (4, 20, 0)),
        ("晚上八点半", (4, 20, 30)),
        ("8点", (4, 20, 0)),
        ("下午3点10分", (4, 15, 10)),
        ("三点一刻", (4, 15, 15)),
        ("十一点", (4, 23, 0)),
        ("今晚八点四十", (4, 20, 40)),
        ("晚上八点二十截单", (4, 20, 20)),
        ("晚上八点三五", (4, 20, 35)),
        ("晚上八点十分", (4, 20, 10)),
        ("晚上八点零五分", (4, 20, 5)),
        ("晚上8点五十九", (4, 20, 59)),
        ("晚上八点二十个粽子", (4, 20, 0)),
        ("明天中午12点", (5, 12, 0)),
        ("明早9点", (5, 9, 0)),
        ("后天20:30", (6, 20, 30)),
        ("周五下午三点", (6, 15, 0)),
        ("下周一10点", (9, 10, 0)),
        ("3月10号晚上9点", (10, 21, 0)),
        ("今天24:00", (5, 0, 0)),
    ],
)
def test_moments(text: str, expected: tuple[int, int, int]) -> None:
    day, hour, minute = expected
    assert moment(text, WEDNESDAY) == datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize("text", ["", "苹果2箱", "25:00", "一点点"])
def test_no_moment(text: str) -> None:
    assert moment(text, WEDNESDAY) is None


def test_a_day_that_no_month_has() -> None:
    assert moment("2月31号8点", WEDNESDAY) is not None


_NUMERALS = st.text(alphabet="零一二三五九十", min_size=1, max_size=3)


@given(_NUMERALS, _NUMERALS)
def test_no_numerals_of_a_clock_stop_the_reading(hour: str, minute: str) -> None:
    then = moment(f"晚上{hour}点{minute}分", WEDNESDAY)
    assert then is None or then.tzinfo is WEDNESDAY.tzinfo
