"""A whole offer post: title, goods, cutoff, pickup points, and the lines that were not understood."""

import re
from collections.abc import Iterator
from datetime import datetime

from bot.understanding import OfferDraft
from nlp.moments import moment
from nlp.normalise import normalise
from nlp.offers.lines import goods_lines
from shop.catalogue import Sku

_OPENING = re.compile(
    r"^\s*(?:@?小团[\s,:]*)?(?:(?:今天|今日|今晚|本周|新的?一?期?)*(?:开团|开个团|开新团|新团|建团|开始接龙|接龙|发起团购|团购)(?:啦|了|咯|喽)*)[\s:,!。~]*"
)
_CUTOFF = re.compile("截单|截止|截团|停单|结束接|收单")
_PICKUP = re.compile(
    r"(?:自提点?|取货点?|提货点?|取货地[点址]|自取|提货地[点址])(?:地址|位置)?[\s:是在]*(?P<after>[^\s,。;:!][^,。;!]*)"
    r"|(?P<before>[^\s,。;:!]{2,12}?)(?:自提|自取|取货|提货|来拿|拿货)"
)
_POINTS = re.compile(r"[、/,;]|\s+|和|或")
_MONEY = re.compile(r"[0-9](?:\.[0-9]+)?\s*(?:元|块|/|一[^\s0-9])|¥")
_GREETING = re.compile(r"^[^0-9]{0,30}$")
_TITLE = " \t【】[]《》<>#*-—=~!。,:·★☆●◆■"
_LONGEST_TITLE = 30
_MOST_LINES = 200


def offer(text: str, now: datetime) -> OfferDraft | None:
    """A group-buy as an offer post describes it; None when it names no goods with their prices.

    `now` gives the zone and the day for a cutoff that is only a time of day.
    """
    lines = [line for line in normalise(text).text.splitlines() if line.strip()][:_MOST_LINES]
    reading = _Post(now)
    for line in _without_opening(lines):
        reading.read(line)
    return reading.draft() if reading.skus else None


class _Post:
    """What was read of the lines so far."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._title = ""
        self._cutoff: datetime | None = None
        self._points: list[str] = []
        self._doubts: list[str] = []
        self.skus: list[Sku] = []

    def read(self, line: str) -> None:
        """Take a line as goods, facts, title, or a doubt."""
        facts = self._facts(line)
        if facts and not _MONEY.search(line):
            return
        goods = list(goods_lines(_without_facts(line), tuple(sku.code for sku in self.skus)))
        if goods:
            self.skus += goods
        elif not self._title and not self.skus and not facts:
            self._title = line.strip(_TITLE)[:_LONGEST_TITLE]
        elif not facts and not _GREETING.match(line.strip()):
            self._doubts.append(line.strip())

    def draft(self) -> OfferDraft:
        """The group-buy as far as it was understood."""
        return OfferDraft(
            title=self._title,
            skus=tuple(self.skus),
            cutoff=self._cutoff,
            pickup_points=tuple(dict.fromkeys(self._points)),
            doubts=tuple(self._doubts),
        )

    def _facts(self, line: str) -> bool:
        """Cutoff and pickup points, wherever they stand in the line."""
        found = False
        for part in re.split(r"[,。;!]|\s{1,}", line):
            if _CUTOFF.search(part) or (_CUTOFF.search(line) and moment(part, self._now)):
                self._cutoff = self._cutoff or moment(part, self._now) or moment(line, self._now)
                found = True
        match = _PICKUP.search(line)
        if match:
            self._points += _pickup_points(match["after"] or match["before"])
            found = True
        return found


def _without_opening(lines: list[str]) -> Iterator[str]:
    for index, line in enumerate(lines):
        rest = _OPENING.sub("", line, count=1) if index == 0 else line
        if rest.strip():
            yield rest


def _without_facts(line: str) -> str:
    """The line up to where it tells of cutoff and pickup."""
    words = re.split(r"(?<=[\s,。;!])", line)
    kept = []
    for word in words:
        if _CUTOFF.search(word) or _PICKUP.search(word):
            break
        kept.append(word)
    return "".join(kept)


def _pickup_points(written: str) -> Iterator[str]:
    return (point for part in _POINTS.split(written) if (point := part.strip(_TITLE)))
