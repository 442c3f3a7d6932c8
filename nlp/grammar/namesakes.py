"""Whose order is meant: 跟禾禾妈一样, 照王姐的数, where the talk knows somebody who is called so."""

import re
from collections.abc import Sequence

from bot.understanding import Booked
from nlp.normalise import normalise

_LIKE = re.compile("(?:跟|和|同|照着?|学着?|按)(?P<whom>[^ ,，。!?]{2,12})")
_SHORTEST = 2
"""Characters of a nickname that are enough to mean it."""


def of_whom(text: str, recent: Sequence[Booked]) -> Booked | None:
    """The latest of the bookings by whoever the text compares with, None where it names nobody of them."""
    best, longest = None, _SHORTEST - 1
    for match in _LIKE.finditer(text):
        for booked in recent:
            shared = _begun(match["whom"], normalise(booked.name).text)
            if shared > longest:
                best, longest = booked, shared
    return best


def _begun(text: str, name: str) -> int:
    """How many characters of the text, from its beginning, stand together in the name."""
    length = 0
    while length < len(text) and text[: length + 1] in name:
        length += 1
    return length
