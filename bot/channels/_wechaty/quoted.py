"""A quote as WeChat writes it into a text: 「name：text」, a line of hyphens, the reply."""

import re
from dataclasses import dataclass

_FORM = re.compile(
    r"\s*「(?P<name>[^\n:：]{1,64})[:：] ?(?P<text>.*)」\s*?\n(?:- ?){5,}\n(?P<reply>.*)", re.DOTALL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Who said what before, and the reply to it."""

    name: str
    text: str
    reply: str


def quoted(text: str) -> Quoted | None:
    """The parts of a text that quotes; its last line of hyphens counts, for a quote may hold quotes."""
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    return Quoted(name=match["name"].strip(), text=match["text"], reply=match["reply"].strip("\n"))
