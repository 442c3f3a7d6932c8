"""Words that are written with a numeral and are no number: 三文鱼, 一起, 收拾, 五花肉."""

import re

from nlp.measures import goods_measured, is_measure, measured
from nlp.numeral_sections import DIGITS, SCALES, UNITS
from nlp.segment import words

HIDDEN = "\x00"
"""Stands in a masked text where a numeral belongs to such a word."""

NUMERALS = f"{DIGITS}{UNITS}{SCALES}半仨"
_MASKED = f"{NUMERALS}打"
_ANY = re.compile(f"[{_MASKED}]")
_PHRASE = re.compile(rf"第?[{NUMERALS}0-9分之点又负几多余来]+")
_BARE_UNITS = set(f"{UNITS}{SCALES}") - {"十"}
_SOLE_WORDS = {"一样", "十分"}  # same, very: spelt like a count of 样 or 分
_SECOND_NATURE = "伍陆拾肆"  # on cheques a digit, elsewhere a company, a continent, to pick up, to indulge
_AFTER_ONE = re.compile(
    rf"[^\u4e00-\u9fff]|$|[这那却而和跟与或及的是吧呢啊哦呀各{NUMERALS}]|[到至][{NUMERALS}0-9]"
)
_OF_WEEK = re.compile(r"(?:周|星期|礼拜|之)$")
_LONGEST_NOUN = 3
_STILL_TIME = set("份底初末中内前后钟半多以之左右上下早晚里间的楼")
_NUMERAL_BEFORE = re.compile(f"[{NUMERALS}{HIDDEN}]$")
AFTER_CHANGE = re.compile(f"[块元][{DIGITS}]$")
"""Ends with the small change of a price, after which a new number begins: 九块九|一箱."""
_WE_TWO = re.compile(r"[我你您他她它咱们]$")


def mask(text: str) -> str:
    """`text` of the same length, with the numerals of other words hidden.

    Costs nothing without a Chinese numeral. jieba's dictionary tells the words apart, guessing no new ones.
    """
    if not _ANY.search(text):
        return text
    cut = words(text.replace("壹", "一"))
    return "".join(word if _counts(word) else _ANY.sub(HIDDEN, word) for word in cut)


def is_lone_word(text: str, start: int, end: int) -> bool:
    """Whether the single numeral `text[start:end]` stands there as another word: adverb, weekday, name."""
    numeral, before = text[start:end], text[max(start - 2, 0) : start]
    if (_NUMERAL_BEFORE.search(before) and not AFTER_CHANGE.search(before)) or _OF_WEEK.search(before):
        return True
    if numeral == "一":
        return not (_AFTER_ONE.match(text, end) or measured(text, end))
    if numeral in _SECOND_NATURE:
        return not (goods_measured(text, end) or _alone(text, start, end))
    return numeral in "俩仨" and _WE_TWO.search(before) is not None


def begins_noun(text: str, start: int, sign: int) -> bool:
    """Whether the sign of a time or place behind a number belongs to a noun: 2月饼 is no month."""
    if text[sign + 1 : sign + 2] in _STILL_TIME:
        return False
    end = start
    for word in words(text[start : sign + _LONGEST_NOUN]):
        if end == sign:
            return len(word) > 1
        end += len(word)
    return False


def _counts(word: str) -> bool:
    """Whether the numerals of a dictionary word are numbers: it is one, or one with a measure word."""
    if len(word) == 1:
        return True
    if word.endswith("半") and is_measure(word[:-1]):  # 2斤半 is cut into 2 and 斤半
        return True
    phrase = _PHRASE.match(word)
    if phrase is None or word in _SOLE_WORDS:
        return False
    rest = word[phrase.end() :].removesuffix("半")
    if rest and phrase[0] in _BARE_UNITS:
        return goods_measured(rest, 0)  # 千斤, 亿元; 千层 counts nothing
    return not rest or is_measure(rest)


def _alone(text: str, start: int, end: int) -> bool:
    around = text[max(start - 1, 0) : start] + text[end : end + 1]
    return not re.search(r"[\u4e00-\u9fff]", around)
