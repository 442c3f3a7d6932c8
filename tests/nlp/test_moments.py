"""Times of day in a message."""

from datetime import datetime, timedelta, timezone

import pytest

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
