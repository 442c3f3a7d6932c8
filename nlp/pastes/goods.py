"""What a paste itself tells of its goods and their prices."""

import re
from collections.abc import Iterable
from datetime import datetime

from bot.understanding import OfferDraft
from nlp.normalise import normalise
from nlp.offers import goods_line, offer

_MONEY = re.compile(r"[¥￥]\s*[0-9]|[0-9]\s*(?:元|块|/)|[0-9]\.[0-9]|[/一每][^\s0-9]{1,2}\s*[0-9]")
_TAG = re.compile(r"\s*[#＃]?\s*接[龙龍][ \t]*")
_EXAMPLE = re.compile(r"\s*[(（【\[]?(?:例如|示例|样例|范例|例子|例)[)）】\]]?(?:\s|[:：0-9])")
_TITLE = re.compile(r"\s*(?P<title>[^\s0-9]+)\s+(?P<goods>\S.*)")
_LONGEST = 200


def priced(line: str) -> bool:
    """Whether a line names goods with their price."""
    return len(line) <= _LONGEST and _MONEY.search(line) is not None and goods_line(line) is not None


def offer_above(head: str, now: datetime) -> OfferDraft | None:
    """The goods that a header tells, None when it tells none; examples of how to write are no goods."""
    lines = [line for line in _TAG.sub("", head, count=1).splitlines() if line.strip()]
    lines = [line for line in lines if not _EXAMPLE.match(line)]
    return offer("\n".join([*_titled(lines[:1]), *lines[1:]]), now) if lines else None


def offer_said(texts: Iterable[str], now: datetime) -> tuple[int, OfferDraft] | None:
    """Which of these messages tells most goods, the first of several, and what it tells."""
    drafts = [
        (at, draft)
        for at, text in enumerate(texts)
        if _MONEY.search(text) and (draft := offer_above(text, now)) is not None
    ]
    return max(drafts, key=lambda one: len(one[1].skus), default=None)


def _titled(first: Iterable[str]) -> Iterable[str]:
    """周三水果 苹果59.9/箱 梨45/箱: the title is a first word before words that all have a price."""
    for line in first:
        match = _TITLE.fullmatch(normalise(line).text)
        words = match["goods"].split() if match else []
        if match and all(map(priced, words)) and (len(words) > 1 or match["title"].endswith("团")):
            yield match["title"]
            yield match["goods"]
        else:
            yield line
