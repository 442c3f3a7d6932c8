"""Codes said together: 1、5、9号各一个, 2到4号都要, of which only the last may carry a 号."""

import re
from collections.abc import Iterator, Mapping

from nlp.numerals import whole

_DIGITS = "[0-9]{1,2}|[一二三四五六七八九]?十?[一二三四五六七八九十]"
_JOINT = " ?[、,/.和跟与及同] ?| "
_EACH = "(?=(?:号|都| |也|给我|帮我|再){0,3}(?:各|每样|每种|每个|分别|一样|都[来要拿订带]))"
_EACH_NEXT = re.compile(_EACH)
_PLACES = frozenset("楼栋幢座门厅室口院区站店")
"""4号楼 is no code."""
_OF_SEVERAL = re.compile(
    rf"(?<![0-9a-z.一二三四五六七八九十×*号的+])(?:{_DIGITS})(?:(?:{_JOINT})(?:{_DIGITS}))+(?:(?=号)|{_EACH})"
)
_ONE = re.compile(_DIGITS)
_RANGE = re.compile(
    rf"(?<![0-9a-z])(?P<first>[0-9]{{1,2}}|[a-z])号? ?[-~到至] ?(?P<last>[0-9]{{1,2}}|[a-z])号?{_EACH}"
)
_TOGETHER = re.compile(rf"(?<![0-9a-z])[a-z]{{2,8}}{_EACH}")
"""DE各1: letters that are codes, without anything between."""
_COUNTED = re.compile("[来要拿订加买带]$")
"""Behind it the first number is a count: 3号再来1 5号不要了."""
Listed = tuple[int, int, tuple[str, ...]]
"""Where codes stand, and which they are."""


def listed(text: str, codes: Mapping[str, str]) -> Iterator[Listed]:
    """The codes of lists and ranges in a lower-case text; `codes` by how they are written."""
    for match in _RANGE.finditer(text):
        yield from _between(match, codes)
    for match in _TOGETHER.finditer(text):
        if len(set(match[0])) == len(match[0]) and all(letter in codes for letter in match[0]):
            yield match.start(), match.end(), tuple(codes[letter] for letter in match[0])
    if not any(code.isdecimal() for code in codes):
        return
    for match in _OF_SEVERAL.finditer(text):
        if text[match.end() : match.end() + 1] == "号" and text[match.end() + 1 : match.end() + 2] in _PLACES:
            continue
        apart = not set(match[0]) & set("、,/.和跟与及同")
        if apart and not _EACH_NEXT.match(text, match.end()) and _COUNTED.search(text[: match.start()]):
            continue
        found = [
            (one.start() + match.start(), one.end() + match.start(), codes.get(str(whole(one[0]))))
            for one in _ONE.finditer(match[0])
        ]
        if all(code for _, _, code in found):
            yield from (
                (start, end + text.startswith("号", end), (code,)) for start, end, code in found if code
            )


def _between(match: re.Match[str], codes: Mapping[str, str]) -> Iterator[Listed]:
    ordered = list(codes)
    if match["first"] not in codes or match["last"] not in codes:
        return
    first, last = ordered.index(match["first"]), ordered.index(match["last"])
    if first < last:
        yield match.start(), match.end(), tuple(codes[code] for code in ordered[first : last + 1])
