"""A message with signs for what it names: commands are words around goods, people and counts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from nlp.lexicon import Lexicon
from nlp.moments import PATTERN as MOMENT
from nlp.moments import moment_of
from nlp.normalise import stickers
from nlp.people import People
from nlp.quantities import quantities

GOODS, NAME, COUNT, MONEY, NUMBER, TIME = map(chr, range(0xE000, 0xE006))
"""Signs for goods, a member, a number of goods with their unit, an amount, a bare number, a time of day."""

_BREAKS = re.compile(r"[\s,。;、…·|!~()\[\]【】「」『』“”\"':]+")
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u3030\u303d]")
_MONEY = frozenset(("元", "块", "块钱", "¥", "毛", "毛钱", "蚊"))
_FRACTION = 1e-9
_INDEFINITE = re.compile("一(?:[个场期张条次波轮款](?=[团品新公通表活汇总统期大])|份(?=表|excel|明细|名单))")
"""一个团 counts nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """`start` to `end` of the normalised text; the fields that the sign calls for are set."""

    sign: str
    start: int
    end: int
    skus: tuple[str, ...] = ()
    name: str = ""
    number: float = 0
    time: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Slots:
    """`text` with signs; character i of it came from `starts[i]` to `ends[i]`, slot `slots[i]`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    slots: tuple[Slot | None, ...]

    @cached_property
    def clauses(self) -> tuple[tuple[int, int], ...]:
        """Spans of what stands between breaks."""
        return tuple(match.span() for match in re.finditer(r"[^ ]+", self.text))

    def of(self, sign: str, span: tuple[int, int] | None = None) -> tuple[Slot, ...]:
        """Slots of a kind, in the whole text or a span of it."""
        start, end = span or (0, len(self.text))
        return tuple(slot for slot in self.slots[start:end] if slot and slot.sign == sign)

    def skus(self, span: tuple[int, int] | None = None) -> tuple[str, ...]:
        """The goods named, each once."""
        return tuple(dict.fromkeys(sku for slot in self.of(GOODS, span) for sku in slot.skus))

    def origin(self, span: tuple[int, int]) -> tuple[int, int]:
        """Where a span of this text lies in the normalised one."""
        start, end = span
        return (self.starts[start], self.ends[end - 1]) if start < end else (0, 0)


def goods_slots(text: str, lexicon: Lexicon, now: datetime) -> Slots:
    """Goods, times, amounts and counts replaced."""
    found = list(_times(text, now))
    found += _free(_goods(text, lexicon), found)
    found += _free(_counts(text, lexicon), found)
    return _replaced(text, found)


def people_slots(text: str, lexicon: Lexicon, people: People) -> Slots:
    """Members' names replaced, then goods and counts."""
    found = [Slot(sign=NAME, start=start, end=end, name=name) for start, end, name in people.mentions(text)]
    found += _free(_goods(text, lexicon), found)
    found += _free(_counts(text, lexicon), found)
    return _replaced(text, found)


def _times(text: str, now: datetime) -> Iterator[Slot]:
    for match in MOMENT.finditer(text):
        then = moment_of(match, now)
        if then:
            yield Slot(sign=TIME, start=match.start(), end=match.end(), time=then)


def _goods(text: str, lexicon: Lexicon) -> Iterator[Slot]:
    """Goods named; a name and a spec beside it are one: 女款拖鞋."""
    before: Slot | None = None
    for mention in lexicon.mentions(text):
        slot = Slot(sign=GOODS, start=mention.start, end=mention.end, skus=mention.skus)
        joint = _joint(before, slot, text) if before else None
        if before and not joint:
            yield before
        before = joint or slot
    if before:
        yield before


def _joint(one: Slot, other: Slot, text: str) -> Slot | None:
    both = tuple(sku for sku in one.skus if sku in other.skus)
    if not both or text[one.end : other.start] not in {"", "的", " "} or set(one.skus) == set(other.skus):
        return None
    return Slot(sign=GOODS, start=one.start, end=other.end, skus=both)


def _counts(text: str, lexicon: Lexicon) -> Iterator[Slot]:
    for count in quantities(text, lexicon.units):
        if _INDEFINITE.match(text, count.start):
            continue
        whole = abs(count.value - round(count.value)) < _FRACTION
        sign = MONEY if count.unit in _MONEY or not whole else COUNT if count.unit else NUMBER
        yield Slot(sign=sign, start=count.start, end=count.end, number=count.value)


def _free(slots: Iterator[Slot], taken: Sequence[Slot]) -> list[Slot]:
    return [slot for slot in slots if not any(slot.start < one.end and one.start < slot.end for one in taken)]


def _replaced(text: str, found: Sequence[Slot]) -> Slots:
    text = _without_pictures(text)
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    slots: list[Slot | None] = []
    position = 0
    by_start = {slot.start: slot for slot in found}
    while position < len(text):
        slot = by_start.get(position)
        end = slot.end if slot else position + 1
        sign = slot.sign if slot else " " if _BREAKS.match(text, position) else text[position]
        if sign != " " or (characters and characters[-1] != " "):
            characters.append(sign)
            starts.append(position)
            ends.append(end)
            slots.append(slot)
        position = end
    return Slots(text="".join(characters), starts=tuple(starts), ends=tuple(ends), slots=tuple(slots))


def _without_pictures(text: str) -> str:
    for start, end in stickers(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return _EMOJI.sub(" ", text)
