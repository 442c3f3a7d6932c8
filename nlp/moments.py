"""Times of day as people write them: 20:00, 今晚8点半, 明天中午12点, 周五下午三点."""

import re
from datetime import datetime, time, timedelta

from nlp.numeral_sections import chinese
from nlp.numerals import whole

_DAY = (
    r"(?:今天|今日|今晚|今早|今朝|今夜|明天|明日|明晚|明早|明朝|听日|后天"
    r"|(?:这|本|下)?(?:周|星期|礼拜)[一二三四五六日天]|[0-9]{1,2}月[0-9]{1,2}[日号])"
)
_PART = r"(?:凌晨|清早|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|夜晚|晚|早)"
_NUMERAL = r"(?:[0-9]{1,2}|[二三四五六七八九]?十[一二三四五六七八九]?|[零一二两三四五六七八九])"
_SPELT = (
    "零[一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?|[二三四五][一二三四五六七八九]"
    "|[一二三四五六七八九]"
)
"""Minutes in Han numerals: 零五, 二十, 三十五, and 三五 for thirty-five."""
_MINUTE = rf"(?:半|[一三]刻|整|钟|[0-5]?[0-9]分?|(?:{_SPELT})(?:分|(?![个几多十])))"
PATTERN = re.compile(
    rf"(?=\S)(?P<day>{_DAY})?的? ?(?P<part>{_PART})? ?"
    rf"(?:(?P<hour>[0-2]?[0-9]):(?P<minute>[0-5][0-9])|(?P<spoken>{_NUMERAL}) ?[点时](?P<rest>{_MINUTE})?)"
)
_WEEKDAYS = "一二三四五六日"
_AFTERNOON = {"下午", "傍晚", "晚上", "夜里", "夜晚", "晚"}
_NOON = 12
_DAY_HOURS = 24


def moment(text: str, now: datetime) -> datetime | None:
    """The first time of day in a normalised text, in the zone of `now`; None when there is none.

    A time without its part of the day is the next one to come: at 14:00, 8点 is 20:00.
    """
    match = PATTERN.search(text)
    return moment_of(match, now) if match else None


def moment_of(match: re.Match[str], now: datetime) -> datetime | None:
    """The time that a match of PATTERN stands for; None when no clock shows it, and for 一点 alone."""
    if match["spoken"] == "一" and not (match["day"] or match["part"] or match["rest"]):
        return None
    hour = int(match["hour"]) if match["hour"] else _number(match["spoken"])
    minute = int(match["minute"]) if match["minute"] else _minute(match["rest"] or "")
    part = match["part"] or ("晚" if (match["day"] or "").endswith("晚") else "")
    if part in _AFTERNOON and hour < _NOON:
        hour += _NOON
    if hour > _DAY_HOURS or minute > 59:  # noqa: PLR2004 - minutes of an hour
        return None
    day = _day(match["day"] or "", now)
    then = datetime.combine(day, time(), tzinfo=now.tzinfo) + timedelta(hours=hour, minutes=minute)
    if not match["day"] and not part and then <= now and hour < _NOON:
        then += timedelta(hours=_NOON)
    return then


def _minute(rest: str) -> int:
    if rest in {"", "整", "钟"}:
        return 0
    if rest == "半":
        return 30
    if rest.endswith("刻"):
        return 15 * _number(rest[0])
    return _number(rest.rstrip("分").removeprefix("零"))


def _number(written: str) -> int:
    counted = whole(written)
    return chinese(written) if counted is None else counted


def _day(word: str, now: datetime) -> datetime:
    if word.endswith(("日", "号")) and word[0].isdecimal():
        return _date(word, now)
    if word.startswith(("明", "听")):
        return now + timedelta(days=1)
    if word.startswith("后"):
        return now + timedelta(days=2)
    weekday = _WEEKDAYS.find(word[-1:].replace("天", "日")) if word and word[0] != "今" else -1
    return now if weekday < 0 else now + timedelta(days=_days_to(word, weekday, now))


def _days_to(word: str, weekday: int, now: datetime) -> int:
    if word.startswith("下"):
        return weekday - now.weekday() + 7
    return (weekday - now.weekday()) % 7


def _date(word: str, now: datetime) -> datetime:
    month, day = (int(part) for part in re.findall("[0-9]+", word))
    try:
        then = now.replace(month=month, day=day)
    except ValueError:
        return now
    return then if then.date() >= now.date() else then.replace(year=now.year + 1)
