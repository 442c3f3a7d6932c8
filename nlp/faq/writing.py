"""How a question is written down before it is compared: one form, characters only."""

import re
from functools import lru_cache

from nlp.normalise import normalise

KNOWN = 65_536
"""Texts whose forms are remembered: those of 1,000 entries with 20 phrasings are compared again and again."""
_STICKER = re.compile(r"\[[^\[\]]{1,8}\]")
_MENTION = re.compile(r"@\S{1,20}(?:\s|$)")
_GAP = re.compile(r"[^0-9a-z\u4e00-\u9fff]+")
_DIGITS = re.compile("[0-9]+")


@lru_cache(maxsize=KNOWN)
def plain(text: str) -> str:
    """Lower case, half-width, simplified; stickers and mentions dropped, anything between words one space."""
    text = _STICKER.sub(" ", _MENTION.sub(" ", normalise(text).text.casefold()))
    return _GAP.sub(" ", text).strip()


@lru_cache(maxsize=KNOWN)
def compact(text: str) -> str:
    """As `plain`, without any space: two texts with the same characters are the same question."""
    return plain(text).replace(" ", "")


def encoded(text: str, length: int = 64) -> str:
    """What the encoder reads: every number as 0, at most `length` characters."""
    return _DIGITS.sub("0", plain(text))[:length]
