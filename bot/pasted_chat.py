"""A chat log or list as people copy it out of a messenger, split into messages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_CLOCK = r"(?:上午|下午|晚上|凌晨|中午)?\s*\d{1,2}[:\uff1a]\d{2}(?:[:\uff1a]\d{2})?"
_DATE = r"\d{2,4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?"
_DAY = rf"(?:{_DATE}|\d{{1,2}}月\d{{1,2}}日|昨天|今天|前天|(?:星期|周)[一二三四五六日天])"
_STAMPED = re.compile(rf"(?P<name>\S.{{0,39}}?)[:\uff1a]?\s+(?:{_DAY}\s*)?{_CLOCK}\s*")
"""王姐 2026/3/4 10:23:11, on a line of its own; what was said follows on the next lines."""

_ALONE = re.compile(r"(?P<name>[^\s:\uff1a#][^:\uff1a]{0,39})[:\uff1a]\s*")
"""王姐: on a line of its own."""

_COLON = r"(?:(?<!\d)[:\uff1a]|[:\uff1a](?!\d))"  # not the one of 20:00
_INLINE = re.compile(rf"(?P<name>[^\s:\uff1a#][^:\uff1a]{{0,19}}){_COLON}\s*(?P<text>\S.*)")
"""王姐: 苹果一箱"""

_ROW = re.compile(r"\s*\d{1,4}\s*[.、)\uff09\uff0e]")
_LIST = re.compile(r"\s*[#\uff03]?\s*接龙")
_RULE = re.compile(rf"[-—=_\s]*(?:{_DATE})?[-—=_\s]*")
"""A line between two days."""
LONGEST_HEADING = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedMessage:
    """One message; `name` is empty for a list, which is nobody's."""

    name: str
    text: str


def split(text: str) -> tuple[PastedMessage, ...]:
    """The messages of a paste in their order: one list, or a log in one of three forms; else none."""
    lines = text.replace("\r\n", "\n").replace("\u2028", "\n").strip("\n").split("\n")
    for heading in (_STAMPED, _ALONE):
        if sum(1 for line in lines if _heads(heading, line)) and _heads(heading, _first(lines)):
            return tuple(_under_headings(lines, heading))
    if _is_list(lines):
        return (PastedMessage(name="", text=text.strip("\n")),)
    return tuple(_inline(lines))


def _first(lines: Sequence[str]) -> str:
    return next((line for line in lines if not _divides(line)), "")


def _is_list(lines: Sequence[str]) -> bool:
    rows = sum(1 for line in lines if _ROW.match(line))
    return bool(_LIST.match(_first(lines))) or rows > len(lines) / 2


def _heads(heading: re.Pattern[str], line: str) -> re.Match[str] | None:
    """The match of a line that begins a message; what is long is no heading, and slow to tell so."""
    too_long = heading is not _INLINE and len(line) > LONGEST_HEADING
    return None if too_long or _ROW.match(line) else heading.fullmatch(line)


def _divides(line: str) -> bool:
    return len(line) <= LONGEST_HEADING and _RULE.fullmatch(line) is not None


def _under_headings(lines: Sequence[str], heading: re.Pattern[str]) -> Iterator[PastedMessage]:
    name, said = "", list[str]()
    for line in lines:
        head = _heads(heading, line)
        if head:
            yield from _message(name, said)
            name, said = head["name"].strip(), []
        elif not _divides(line) or not line.strip():
            said.append(line)
    yield from _message(name, said)


def _inline(lines: Sequence[str]) -> Iterator[PastedMessage]:
    name, said = "", list[str]()
    for line in lines:
        head = _heads(_INLINE, line)
        if head:
            yield from _message(name, said)
            name, said = head["name"].strip(), [head["text"]]
        elif name and not _divides(line):
            said.append(line)
    yield from _message(name, said)


def _message(name: str, said: Sequence[str]) -> Iterator[PastedMessage]:
    text = "\n".join(said).strip()
    if name and text:
        yield PastedMessage(name=name, text=text)
