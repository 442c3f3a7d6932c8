"""Decides which wishes of a message may be booked; each stands alone, later ones see earlier ones."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.model import Span
from shop.book import Book, DraftEvent, EventKind, OrderEvent
from shop.catalogue import Sku
from shop.changes import Change, ChangeKind
from shop.groupbuy import GroupBuy

Steps = tuple[tuple[str, int], ...]
"""SKU codes and the units that each is to change by."""


class RefusalReason(StrEnum):
    """Why a wish is not booked."""

    LIMIT = "limit"
    STOCK = "stock"
    CLOSED = "closed"
    NOT_ON_SALE = "not_on_sale"
    NOT_ORDERED = "not_ordered"
    NOTHING_TO_UNDO = "nothing_to_undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """`left`: units of `sku` that the member could still have on top of the present order (LIMIT, STOCK).

    `change` is None when an undo is refused; `sku` is the code refused, "" where it is about none.
    """

    change: Change | None
    reason: RefusalReason
    sku: str = ""
    left: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is to be written into the ledger, and what was refused."""

    events: tuple[DraftEvent, ...] = ()
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Headroom:
    """`units` a member could have on top of the present order (None: no bound) and what bounds them."""

    units: int | None
    reason: RefusalReason


def stock_left(book: Book, sku: Sku) -> int | None:
    """Count the units not sold yet, None without bound."""
    return None if sku.stock is None else max(0, sku.stock - book.sold(sku.code))


def headroom(book: Book, member: int, sku: Sku, *, may_override: bool = False) -> Headroom:
    """Tell how much more a member could order; `may_override` lifts the limit, never the stock."""
    stock = stock_left(book, sku)
    if sku.limit is None or may_override:
        return Headroom(units=stock, reason=RefusalReason.STOCK)
    limit = max(0, sku.limit - book.quantity(member, sku.code))
    if stock is not None and stock < limit:
        return Headroom(units=stock, reason=RefusalReason.STOCK)
    return Headroom(units=limit, reason=RefusalReason.LIMIT)


def decide(
    book: Book,
    groupbuy: GroupBuy,
    member: int,
    changes: Sequence[Change],
    *,
    now: datetime,
    actor: int,
    message_id: str,
    batch: str,
    may_override: bool = False,
    reason: str = "",
) -> Decision:
    """Turn the wishes of one message into ledger events and refusals.

    More than limit or stock allows is not booked at all; a swap is booked whole or not at
    all; taking away more than was ordered drops to zero. `may_override` is for leaders who
    order for somebody.
    """
    stamp = _Stamp(member=member, actor=actor, message_id=message_id, batch=batch, time=now, reason=reason)
    desk = _Desk(book=book, groupbuy=groupbuy, member=member, may_override=may_override)
    events: list[DraftEvent] = []
    refusals: list[Refusal] = []
    for change in _too_much_together(changes, desk):
        outcome = desk.weigh(change, now)
        if isinstance(outcome, Refusal):
            refusals.append(outcome)
            continue
        drafts = [stamp.draft(change, code, delta) for code, delta in outcome]
        desk = replace(desk, book=desk.book.after(drafts))
        events += drafts
    return Decision(events=tuple(events), refusals=tuple(refusals))


def _too_much_together(changes: Sequence[Change], desk: "_Desk") -> Iterator[Change]:
    """The wishes, those that add to one SKU as one when together they are too much: then none is booked."""
    for change in changes:
        alike = [one for one in changes if change.sku in {one.sku, one.to}]
        adding = all(one.kind is ChangeKind.ADD for one in alike)
        if len(alike) == 1 or not adding or not desk.too_much(alike):
            yield change
        elif change is alike[0]:
            spans = tuple(span for one in alike for span in one.spans)
            yield replace(change, quantity=sum(one.quantity or 0 for one in alike), spans=spans)


def undo_last(
    events: Sequence[OrderEvent],
    groupbuy: GroupBuy,
    member: int,
    *,
    now: datetime,
    actor: int,
    message_id: str,
    batch: str,
    may_override: bool = False,
    reason: str = "",
) -> Decision:
    """Take back all that the member's last batch not yet undone did, or nothing of it.

    `events` is the whole ledger of the group-buy. A shortage cannot be undone, nor anything
    that lies before it.
    """
    taken_back = _last_batch(events, member)
    desk = _Desk(book=Book.of(events), groupbuy=groupbuy, member=member, may_override=may_override)
    refusal = desk.weigh_undo(taken_back, now)
    if refusal is not None:
        return Decision(refusals=(refusal,))
    stamp = _Stamp(member=member, actor=actor, message_id=message_id, batch=batch, time=now, reason=reason)
    return Decision(events=tuple(stamp.undo(event) for event in reversed(taken_back)))


def _last_batch(events: Sequence[OrderEvent], member: int) -> tuple[OrderEvent, ...]:
    undone = {event.undoes for event in events}
    open_events = [
        event
        for event in events
        if event.member == member and event.kind is not EventKind.UNDO and event.seq not in undone
    ]
    if not open_events:
        return ()
    last = tuple(event for event in open_events if event.batch == open_events[-1].batch)
    return () if any(event.kind is EventKind.SHORTAGE for event in last) else last


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stamp:
    """What all events of one batch have in common."""

    member: int
    actor: int
    message_id: str
    batch: str
    time: datetime
    reason: str

    def draft(self, change: Change, code: str, delta: int) -> DraftEvent:
        kind = EventKind.DROP if change.kind is ChangeKind.DROP_ALL else EventKind(change.kind)
        return self._event(code, delta, kind, spans=change.spans, reason=self.reason or change.note)

    def undo(self, event: OrderEvent) -> DraftEvent:
        return self._event(event.sku, -event.delta, EventKind.UNDO, reason=self.reason, undoes=event.seq)

    def _event(
        self,
        code: str,
        delta: int,
        kind: EventKind,
        *,
        reason: str,
        spans: tuple[Span, ...] = (),
        undoes: int | None = None,
    ) -> DraftEvent:
        return DraftEvent(
            member=self.member,
            sku=code,
            delta=delta,
            kind=kind,
            actor=self.actor,
            message_id=self.message_id,
            batch=self.batch,
            time=self.time,
            spans=spans,
            reason=reason,
            undoes=undoes,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """The counter where one member's wishes are weighed against the book as it stands."""

    book: Book
    groupbuy: GroupBuy
    member: int
    may_override: bool

    def weigh(self, change: Change, now: datetime) -> Steps | Refusal:
        if not self.groupbuy.accepts_orders(now):
            return Refusal(change=change, reason=RefusalReason.CLOSED, sku=change.sku)
        if change.kind is ChangeKind.DROP_ALL:
            return self._drop_all(change)
        sku = self.groupbuy.catalogue.get(change.sku)
        if sku is None:
            return Refusal(change=change, reason=RefusalReason.NOT_ON_SALE, sku=change.sku)
        return self._weigh_known(change, sku)

    def _weigh_known(self, change: Change, sku: Sku) -> Steps | Refusal:
        held = self._held(sku)
        match change.kind:
            case ChangeKind.ADD:
                return self._move_by(change, sku, change.quantity or 0)
            case ChangeKind.SET:
                return self._move_by(change, sku, (change.quantity or 0) - held)
            case ChangeKind.SWAP:
                return self._swap(change, sku)
        if not held:
            return Refusal(change=change, reason=RefusalReason.NOT_ORDERED, sku=sku.code)
        gone = held if change.kind is ChangeKind.DROP else min(change.quantity or 0, held)
        return ((sku.code, -gone),)

    def too_much(self, adds: Sequence[Change]) -> bool:
        """Whether limit or stock refuses them when they are taken together."""
        sku = self.groupbuy.catalogue.get(adds[0].sku)
        units = sum(change.quantity or 0 for change in adds)
        return sku is not None and self.refusal(None, sku, units) is not None

    def _held(self, sku: Sku) -> int:
        return self.book.quantity(self.member, sku.code)

    def _move_by(self, change: Change | None, sku: Sku, delta: int) -> Steps | Refusal:
        return self.refusal(change, sku, delta) or (((sku.code, delta),) if delta else ())

    def refusal(self, change: Change | None, sku: Sku, delta: int) -> Refusal | None:
        """Only more can be too much: what makes an order smaller is never refused."""
        if delta <= 0:
            return None
        if not sku.on_sale:
            return Refusal(change=change, reason=RefusalReason.NOT_ON_SALE, sku=sku.code)
        room = headroom(self.book, self.member, sku, may_override=self.may_override)
        if room.units is None or delta <= room.units:
            return None
        return Refusal(change=change, reason=room.reason, sku=sku.code, left=room.units)

    def _drop_all(self, change: Change) -> Steps | Refusal:
        order = self.book.order_of(self.member)
        if not order:
            return Refusal(change=change, reason=RefusalReason.NOT_ORDERED)
        return tuple((code, -count) for code, count in order.items())

    def _swap(self, change: Change, source: Sku) -> Steps | Refusal:
        held = self._held(source)
        if not held:
            return Refusal(change=change, reason=RefusalReason.NOT_ORDERED, sku=source.code)
        target = self.groupbuy.catalogue.get(change.to or "")
        if target is None:
            return Refusal(change=change, reason=RefusalReason.NOT_ON_SALE, sku=change.to or "")
        # A number said on the target alone counts the target only: all of the source goes.
        gone = held if change.quantity is None else min(change.quantity, held)
        come = gone if change.to_quantity is None else change.to_quantity
        if target is source:
            return self._move_by(change, source, come - gone)
        return self.refusal(change, target, come) or ((source.code, -gone), (target.code, come))

    def weigh_undo(self, taken_back: Sequence[OrderEvent], now: datetime) -> Refusal | None:
        if not self.groupbuy.accepts_orders(now):
            return Refusal(change=None, reason=RefusalReason.CLOSED)
        if not taken_back:
            return Refusal(change=None, reason=RefusalReason.NOTHING_TO_UNDO)
        net: Counter[str] = Counter()
        for event in taken_back:
            net[event.sku] -= event.delta
        catalogue = self.groupbuy.catalogue
        refusals = (self.refusal(None, catalogue[code], delta) for code, delta in net.items())
        return next(filter(None, refusals), None)
