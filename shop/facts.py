"""Live facts in answers: {cutoff|每晚九点} is when the group-buy closes, or 每晚九点 when there is none."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

NAMES = ("cutoff", "stock", "price", "my_order", "pickup", "arrival")
WITH_GOODS = frozenset({"stock", "price"})
_BRACES = re.compile(r"\{([^{}]*)\}")
_FACT = re.compile(r"\s*([a-z_]+)\s*(?:[:：]\s*([^|]*?)\s*)?(?:\|(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One pair of braces; `goods` stands after the colon, `fallback` after the bar, None without one."""

    written: str
    name: str
    goods: str = ""
    fallback: str | None = None

    @property
    def known(self) -> bool:
        """Whether there is such a fact, and goods are named where it needs them."""
        return self.name in NAMES and bool(self.goods) == (self.name in WITH_GOODS)


def facts(text: str) -> Iterator[Fact]:
    """The facts of an answer, in order."""
    for braces in _BRACES.finditer(text):
        parts = _FACT.fullmatch(braces[1])
        if parts is None:
            yield Fact(written=braces[0], name=braces[1].strip())
        else:
            yield Fact(written=braces[0], name=parts[1], goods=parts[2] or "", fallback=parts[3])


def fill(text: str, look_up: Callable[[Fact], str | None]) -> str:
    """The answer with its facts, each with its fallback where `look_up` knows nothing, "" without one."""
    for fact in facts(text):
        value = look_up(fact) if fact.known else None
        text = text.replace(fact.written, value if value is not None else fact.fallback or "", 1)
    return text
