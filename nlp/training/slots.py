"""The words that slots are filled with and that messages wear, from nlp/data/slots.yaml."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from random import Random

import yaml

_NUMERALS = "一两三四五六七八九"
_WEEKDAYS = "一二三四五六日"


@cache
def words() -> Mapping[str, Sequence[str]]:
    """All lists by their names; a text is a list of its characters."""
    written = files("nlp").joinpath("data", "slots.yaml").read_text(encoding="utf-8")
    lists: Mapping[str, Sequence[str]] = yaml.safe_load(written)
    return lists


def word(name: str, random: Random) -> str:
    """One of a list, with the numbers of its pattern drawn."""
    written = random.choice(words()[name])
    while "{" in written:
        before, _, rest = written.partition("{")
        slot, _, after = rest.partition("}")
        written = before + _drawn(slot, random) + after
    return written


def _drawn(slot: str, random: Random) -> str:
    drawn = {
        "n": str(random.randint(1, 9)),
        "c": random.choice(_NUMERALS),
        "w": random.choice(_WEEKDAYS),
        "p": str(random.randint(5, 99)),
    }
    return drawn[slot]
