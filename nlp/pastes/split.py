"""A chat log or list as people copy it out of a messenger, split into messages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.understanding import PastedMessage, PasteKind
from nlp.pastes.goods import priced
from nlp.pastes.sheet import sheet_rows
from nlp.solitaire.reader import tagged

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
TAG = "#接龙"
LONGEST_HEADING = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """A paste cut into messages; `head` is what stands above the first of them."""

    kind: PasteKind
    messages: tuple[PastedMessage, ...]
    head: str = ""


def split(text: str) -> Pieces:
    """The messages of a paste in their order: a list, a sheet, or a log in one of three forms; else none."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").strip("\n").split("\n")
    for heading in (_STAMPED, _ALONE):
        if _heads(heading, _first(lines)):
            return _log(lines, heading, 0)
    sheet = sheet_rows(lines)
    if sheet is not None:
        return Pieces(kind=PasteKind.SHEET, messages=sheet.messages, head="\n".join(lines[: sheet.begin]))
    begin = _list_begin(lines)
    if begin is not None:
        alone = PastedMessage(name="", text=_tagged("\n".join(lines[begin:])))
        return Pieces(kind=PasteKind.LIST, messages=(alone,), head=_above_rows(lines))
    for heading in (_STAMPED, _ALONE):
        found = [at for at, line in enumerate(lines) if _heads(heading, line)]
        if len(found) > 1 and (heading is _STAMPED or any(map(priced, lines[: found[0]]))):
            return _log(lines, heading, found[0])
    begin = _goods_above(lines)
    messages = tuple(_inline(lines[begin:]))
    return Pieces(kind=PasteKind.INLINE, messages=messages, head="\n".join(lines[:begin]))


def _log(lines: Sequence[str], heading: re.Pattern[str], begin: int) -> Pieces:
    messages = tuple(_under_headings(lines[begin:], heading))
    return Pieces(kind=PasteKind.LOG, messages=messages, head="\n".join(lines[:begin]))


def _above_rows(lines: Sequence[str]) -> str:
    """What stands above the first row that is somebody's; a price list may be numbered, too."""
    first = next((at for at, line in enumerate(lines) if _ROW.match(line) and not priced(line)), len(lines))
    return "\n".join(lines[:first])


def _goods_above(lines: Sequence[str]) -> int:
    """Where the log begins below a price list: its lines look like names with messages, too (南瓜: 6元)."""
    begin = 0
    for at, line in enumerate(lines):
        said = _heads(_INLINE, line)
        if said and (not priced(line) or priced(said["text"])):
            break
        if priced(line):
            begin = at + 1
    return begin


def _first(lines: Sequence[str]) -> str:
    return next((line for line in lines if not _divides(line)), "")


def _list_begin(lines: Sequence[str]) -> int | None:
    """The line in which a list begins: the one with its tag, else the first where most lines are rows."""
    rows = [at for at, line in enumerate(lines) if _ROW.match(line)]
    above = lines[: rows[0]] if rows else lines[:1]
    tag = next((at for at, line in enumerate(above) if _LIST.match(line)), None)
    if tag is None and len(rows) > len(lines) / 2:
        return 0
    return tag


def _tagged(text: str) -> str:
    """With the tag by which a list is known everywhere."""
    return text if tagged(text) else f"{TAG}\n{text}"


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
