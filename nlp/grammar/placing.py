"""Spans of a normalised text, moved to the characters that were written."""

from collections.abc import Callable
from dataclasses import replace

from bot.model import Span
from bot.understanding import Unclear
from nlp.normalise import Normalised
from shop.changes import Change

Place = Callable[[Span], Span]


def placing(normalised: Normalised) -> Place | None:
    """What moves a span of the normalised text to the original, None where both are alike, as mostly."""
    if normalised.origin == tuple(range(len(normalised.text))):
        return None

    def moved(span: Span) -> Span:
        end = min(span[1], len(normalised.text))
        return normalised.original_span(min(span[0], end), end)

    return moved


def change_placed(change: Change, place: Place) -> Change:
    """The change with the spans moved."""
    return replace(change, spans=tuple(place(span) for span in change.spans))


def unclear_placed(one: Unclear, place: Place) -> Unclear:
    """What is unclear, with its span and those of its choices moved."""
    choices = tuple(
        replace(choice, changes=tuple(change_placed(change, place) for change in choice.changes))
        for choice in one.choices
    )
    return replace(one, span=place(one.span), choices=choices)
