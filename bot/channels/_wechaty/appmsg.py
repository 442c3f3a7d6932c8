"""WeChat's `appmsg` XML, which some puppets pass on raw: solitaire lists (type 53) and quotes (type 57)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from bot.model import Quote, Roster, RosterEntry

SOLITAIRE = "53"
QUOTE = "57"
PLAIN_TEXT = "1"
STAND_INS = {"3": "[图片]", "34": "[语音]", "43": "[视频]", "47": "[表情]"}
_BEGIN = re.compile(r"\s*(?:[\w@.-]+:\s*)?(?=<(?:\?xml|msg|appmsg)\b)")
_DECLARES = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_SPAN = re.compile(r"(\d{1,7})-(\d{1,7})")


@dataclass(frozen=True, slots=True, kw_only=True)
class AppMessage:
    """What is of use in such a message; `text` is "" for the types that are no talk."""

    text: str = ""
    quote: Quote | None = None
    roster: Roster | None = None


def is_xml(text: str) -> bool:
    """Whether a text is XML of the network, not somebody's words."""
    return _BEGIN.match(text) is not None


def read(text: str) -> AppMessage:
    """Read the XML; what cannot be read is empty."""
    root = _parsed(text)
    message = None if root is None else root if root.tag == "appmsg" else root.find("appmsg")
    if message is None:
        return AppMessage()
    title, kind = message.findtext("title", ""), message.findtext("type", "").strip()
    if kind == SOLITAIRE:
        return AppMessage(text=title, roster=_roster(message))
    if kind == QUOTE:
        return AppMessage(text=title, quote=_quote(message.find("refermsg")))
    return AppMessage()


def _parsed(text: str) -> ET.Element | None:
    begin = _BEGIN.match(text)
    return None if begin is None else _element(text[begin.end() :])


def _element(text: str) -> ET.Element | None:
    if _DECLARES.search(text):  # the network never does; entities of a stranger are not expanded
        return None
    try:
        return ET.fromstring(text.strip())  # noqa: S314 - without declarations it is plain
    except ET.ParseError:
        return None


def _roster(message: ET.Element) -> Roster | None:
    """Who stands where on the list; the text's own numbers and names are left to whoever reads it."""
    solitaire = _element(message.findtext("extinfo/solitaire_info", ""))
    if solitaire is None:
        return None
    return Roster(sid=solitaire.findtext("sid", "").strip(), entries=tuple(_entries(solitaire)))


def _entries(solitaire: ET.Element) -> Iterator[RosterEntry]:
    """Entries whose place in the text is told as start-length; others are found by their text only."""
    for item in solitaire.iterfind("content/i"):
        place = _SPAN.fullmatch(item.findtext("r", "").strip())
        if place is None:
            continue
        start, length = int(place[1]), int(place[2])
        yield RosterEntry(
            sender_id=item.findtext("u", "").strip(), span=(start, start + length), time=_time(item)
        )


def _time(item: ET.Element) -> datetime | None:
    seconds = item.findtext("t", "").strip()
    if not seconds.isdecimal() or len(seconds) > 10:  # noqa: PLR2004 - seconds have ten digits until 2286
        return None
    return datetime.fromtimestamp(int(seconds), UTC)


def _quote(refer: ET.Element | None) -> Quote | None:
    if refer is None:
        return None
    return Quote(
        message_id=refer.findtext("svrid", "").strip(),
        text=_quoted_text(refer),
        sender_name=refer.findtext("displayname", "").strip(),
    )


def _quoted_text(refer: ET.Element) -> str:
    kind, content = refer.findtext("type", "").strip(), refer.findtext("content", "")
    if kind == PLAIN_TEXT:
        return content
    return STAND_INS.get(kind) or read(content).text
