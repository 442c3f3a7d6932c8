"""What must hold of every understanding, whatever was written."""

from collections.abc import Iterator

from bot.understanding import Situation, Understanding
from shop.changes import Change, ChangeKind
from tests.chats.written import holds, put_right, together, written

ORDERING = frozenset({"order", "amend", "cancel"})


def faults(text: str, situation: Situation, understood: Understanding) -> list[str]:
    """What is wrong with it; nothing where it is valid and no quantity was made up."""
    return [*_invalid(text, situation, understood), *_invented(text, situation, understood)]


def _invalid(text: str, situation: Situation, understood: Understanding) -> Iterator[str]:
    if understood.text != text:
        yield "another text"
    if not 0 <= understood.confidence <= 1:
        yield f"confidence {understood.confidence}"
    yield from (
        f"span {start}-{end}" for start, end in _spans(understood) if not 0 <= start <= end <= len(text)
    )
    for change in _changes(understood):
        if change.kind is not ChangeKind.DROP_ALL and not situation.catalogue.get(change.sku):
            yield f"no such goods: {change}"
        if change.to is not None and not situation.catalogue.get(change.to):
            yield f"no such goods: {change}"
    if understood.changes and understood.intent not in ORDERING:
        yield f"changes with intent {understood.intent}"


def _invented(text: str, situation: Situation, understood: Understanding) -> Iterator[str]:
    values = written(text, situation)
    for change in _changes(understood):
        counted = values | together(text, change.spans)
        if change.kind is ChangeKind.SET:
            counted |= put_right(counted, situation, change.sku)
        for sku, units in ((change.sku, change.quantity), (change.to or change.sku, change.to_quantity)):
            if units is not None and not holds(counted, situation.catalogue[sku], units):
                yield f"nobody wrote {units}: {change}"


def _changes(understood: Understanding) -> Iterator[Change]:
    yield from understood.changes
    if understood.directive:
        yield from understood.directive.changes
    if understood.solitaire:
        yield from (change for event in understood.solitaire.events for change in event.changes)


def _spans(understood: Understanding) -> Iterator[tuple[int, int]]:
    yield from (span for change in understood.changes for span in change.spans)
    yield from (step.span for step in understood.steps)
    if understood.solitaire:
        yield from (span for change in _changes(understood) for span in change.spans)
        for listed in (understood.solitaire.current, understood.solitaire.merged):
            yield from (row.span for row in (listed.rows if listed else ()))
    if not understood.answering:  # what is asked back stands in the message that was answered
        yield from (one.span for one in understood.unclear)
