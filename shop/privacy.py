"""What a question may keep when it is stored: neither names nor numbers that lead to somebody."""

import re
from collections.abc import Iterable

HIDDEN = "***"
_CALLED = re.compile(r"@[^\s@]{1,20}(?:\s|\u2005|$)")
_HOUSE = re.compile(
    r"(?:[A-Za-z]|\d{1,3}|[一二两三四五六七八九十]{1,3})\s*(?:号楼|[栋幢座])"
    r"(?:\s*(?:[A-Za-z]|\d{1,2}|[一二两三四五六七八九十])\s*单元)?(?:[\s\-－]*\d{3,4}(?:室|房)?)?"
    r"|(?<![\dA-Za-z])[A-Za-z]?\d{1,3}[\-－—~/](?:\d{1,2}[\-－—~/])?\d{3,4}(?!\d)"
    r"|(?<!\d)\d{3,4}(?:室|房)"
)
_NUMBER = re.compile(r"[0-9０-９](?:[\-－\s]?[0-9０-９]){4,}[Xx]?")
_ACCOUNT = re.compile(
    r"wxid_\w{4,30}|(?<=微信)[号:：\s]{0,3}[A-Za-z][\w\-]{4,30}|[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"
)
_SHORTEST_NAME = 2


def masked(text: str, names: Iterable[str] = ()) -> str:
    """On one line, without those who are called, the names given, houses, accounts and long numbers."""
    text = _ACCOUNT.sub(HIDDEN, text)
    for name in sorted(names, key=len, reverse=True):
        if len(name) >= _SHORTEST_NAME:
            text = text.replace(name, HIDDEN)
    text = _CALLED.sub(" ", text)
    for pattern in (_HOUSE, _NUMBER):
        text = pattern.sub(HIDDEN, text)
    return " ".join(text.split())
