"""What of a paste is in nobody's order, so that its reader looks at it: nothing may be lost in silence."""

from collections.abc import Iterator, Sequence

from bot.dispatch import Handled
from bot.model import Notice, Room
from bot.ports import UnitOfWork
from nlp.pastes import counts
from shop.changes import Change, ChangeKind

NOT_BOOKED = "没记全的"
LINE = "{name}：{text}"
_WANTING = frozenset({ChangeKind.ADD, ChangeKind.SET})


async def not_booked(store: UnitOfWork, room: Room, handled: Sequence[Handled]) -> Sequence[Notice]:
    """Messages and rows that would have been asked back about, were refused, or count what is not known.

    Unclear rows of a list are on the review list.
    """
    names = {member.id: member.name for member in await store.members.of_room(room.id)}
    answers = {one.incoming.sender_name: at for at, one in enumerate(handled) if _answers(one)}
    lines = []
    for at, one in enumerate(handled):
        if at < answers.get(one.incoming.sender_name, 0) and one.understanding and one.understanding.unclear:
            continue
        events = await store.ledger.by_message(room.id, one.incoming.id)
        booked = {(names[event.member], event.sku) for event in events}
        lines += [LINE.format(name=name, text=text) for name, text in _lost(one, booked)]
    return (Notice(title=NOT_BOOKED, text="\n".join(lines)),) if lines else ()


def _answers(one: Handled) -> bool:
    """Whether it tells what an earlier message left unclear."""
    return one.understanding is not None and one.understanding.answering


def _lost(one: Handled, booked: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Whose words they are, and the words."""
    name, text, meant = one.incoming.sender_name, one.incoming.text, one.understanding
    if meant is not None and meant.solitaire is not None:
        rows = (row for row in meant.solitaire.events if not row.unclear)
        yield from ((row.name, row.after) for row in rows if _refused(row.name, row.changes, booked))
    elif (
        meant is None
        or meant.unclear
        or _refused(name, meant.changes, booked)
        or (not meant.changes and not one.replies and counts(text))
    ):
        yield name, text


def _refused(name: str, changes: Sequence[Change], booked: set[tuple[str, str]]) -> bool:
    wanted = {change.sku for change in changes if change.kind in _WANTING and change.quantity}
    return any((name, sku) not in booked for sku in wanted)
