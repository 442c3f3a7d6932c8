"""Which quantities a message and the talk around it hold, found more loosely than the bot reads them."""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from bot.understanding import Booked, Situation
from nlp.normalise import normalise
from nlp.quantities import numbers
from shop.catalogue import Sku

_NUMERALS = re.compile("[0-9.]+|[零一二两三四五六七八九十百千俩仨半廿卅几]+")
_DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九十")} | {
    "两": 2,
    "俩": 2,
    "仨": 3,
}
_JIN = tuple(Fraction(text) for text in ("1", "2", "1/10", "1/500", "6/5"))
_COLLECTIVES = (1, 2, 12)
_MOST_ADDED = 10
_LONGEST = 6
"""Characters of the longest part of a numeral that is looked at by itself."""


def written(text: str, situation: Situation) -> frozenset[Fraction]:
    """Every number that the text or the situation holds, and one, which nobody has to write."""
    said = (text, situation.quoted_text, *(row.content for one in situation.lists for row in one.rows))
    values = {value for one in said for value in _numbers(normalise(one).text)}
    values |= set(map(Fraction, _situated(situation))) | {Fraction(1)}
    if "半" in text:
        values |= {value + Fraction(1, 2) for value in values} | {value / 2 for value in values}
    return frozenset(values)


def together(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[Fraction]:
    """What some of the numbers here come to, and one more: a row may name goods twice, once without a count.

    Some, for a name may hold a numeral (三鲜一袋).
    """
    found = [next(_numbers(normalise(text[start:end]).text), None) for start, end in spans]
    sums = {Fraction(0)}
    for value in found[:_MOST_ADDED]:
        sums |= {total + value for total in sums if value is not None}
    return frozenset({*sums, *(total + 1 for total in sums)})


def put_right(values: frozenset[Fraction], situation: Situation, sku: str) -> frozenset[Fraction]:
    """What there is of the goods when a value is added, taken off, or comes for what was added last."""
    held = situation.own_order.get(sku, 0)
    last = situation.own_last.lines.get(sku, 0) if situation.own_last else 0
    return frozenset(held + sign * value - off for value in values for sign in (1, -1) for off in (0, last))


def _numbers(text: str) -> Iterator[Fraction]:
    yield from (Fraction(number.value).limit_denominator(1000) for number in numbers(text))
    for run in _NUMERALS.finditer(text):
        for start in range(len(run.group())):
            for end in range(start + 1, min(len(run.group()), start + _LONGEST) + 1):
                yield from _value(run.group()[start:end])


def _value(part: str) -> Iterator[Fraction]:
    if part.isdecimal() and part.isascii():
        yield Fraction(int(part))
    elif part in _DIGITS:
        yield Fraction(_DIGITS[part])
    else:
        yield from (Fraction(number.value).limit_denominator(1000) for number in numbers(part))


def _situated(situation: Situation) -> Iterator[int]:
    booked: tuple[Booked | None, ...] = (situation.own_last, situation.quoted, *situation.recent)
    for lines in (situation.own_order, *(one.lines for one in booked if one)):
        yield from lines.values()
    yield from situation.left.values()
    yield from (focus.quantity for focus in (situation.focus, situation.room_focus) if focus.quantity)
    if situation.pending:
        choices = [choice for one in situation.pending.unclear for choice in one.choices]
        yield from (change.quantity for choice in choices for change in choice.changes if change.quantity)


def holds(values: frozenset[Fraction], sku: Sku, units: int) -> bool:
    """Whether units of a SKU are one of the values: as they stand, as pairs or dozens, by weight."""
    if any(value * pieces == units for value in values for pieces in _COLLECTIVES):
        return True
    weight = Fraction(sku.weight_jin) if sku.weight_jin else Fraction(1)
    return any(value * jin == units * weight for value in values for jin in _JIN)
