"""八点四十 was 20:04, since no minutes ended in 十; 八点三五 stopped the reading of the whole message."""

from datetime import UTC, datetime

import pytest

from nlp.moments import moment

MORNING = datetime(2026, 5, 1, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("今晚八点四十截单", 20, 40),
        ("八点二十分", 8, 20),
        ("十点十分", 10, 10),
        ("晚上八点三五", 20, 35),
        ("3点五四尺墨汁", 15, 54),
    ],
)
def test_minutes_are_what_is_written(text: str, hour: int, minute: int) -> None:
    then = moment(text, MORNING)
    assert then is not None
    assert (then.hour, then.minute) == (hour, minute)
