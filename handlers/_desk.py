"""The desk where one message's wishes are booked: for one or several members, in one append."""

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.model import Incoming
from bot.routing import Context
from shop.book import Book, DraftEvent
from shop.changes import Change
from shop.groupbuy import GroupBuy
from shop.ordering import Decision, decide, undo_last
from shop.waiting import WaitingList, Wish, promote, settle

BOT = 0
"""The actor of what nobody asked for by a message."""


class Desk:
    """Collects events while later wishes see the earlier ones; `close` writes them all.

    `may_override` is for leaders who order for somebody. `group_buy` stands in for the one of
    the context when the message changed it.
    """

    def __init__(
        self,
        incoming: Incoming,
        ctx: Context,
        group_buy: GroupBuy,
        *,
        may_override: bool = False,
        reason: str = "",
    ) -> None:
        self._message_id = incoming.id
        self._ctx = ctx
        self._group_buy = group_buy
        self._may_override = may_override
        self._reason = reason
        self.book: Book = ctx.book
        self.events: list[DraftEvent] = []

    def book_for(self, member: int, changes: Sequence[Change]) -> Decision:
        """Take a member's wishes as far as rules allow."""
        decision = decide(
            self.book,
            self._group_buy,
            member,
            changes,
            now=self._ctx.now,
            actor=self._ctx.sender.id,
            message_id=self._message_id,
            batch=self._message_id,
            may_override=self._may_override,
            reason=self._reason,
        )
        self.add(decision.events)
        return decision

    async def undo_for(self, member: int) -> Decision:
        """Take back the member's last booking."""
        decision = undo_last(
            await self._ctx.store.ledger.events(self._group_buy.id),
            self._group_buy,
            member,
            now=self._ctx.now,
            actor=self._ctx.sender.id,
            message_id=self._message_id,
            batch=self._message_id,
            may_override=self._may_override,
            reason=self._reason,
        )
        self.add(decision.events)
        return decision

    def add(self, events: Sequence[DraftEvent]) -> None:
        """Take events that were decided elsewhere."""
        self.book = self.book.after(events)
        self.events += events

    async def close(self) -> tuple[Wish, ...]:
        """Write everything down; freed units go to the waiting list, whose lucky heads are returned."""
        if not self.events:
            return ()
        granted = await self.promote() if any(event.delta < 0 for event in self.events) else ()
        if not granted:
            await self._settle()
        await self._ctx.store.ledger.append(self._group_buy.id, self.events)
        return granted

    async def promote(self) -> tuple[Wish, ...]:
        """Book what the stock now allows of the waiting list; the caller closes the desk."""
        waiting = await self._waiting()
        if not waiting.wishes:
            return ()
        promotion = promote(
            self.book,
            self._group_buy,
            settle(waiting, self.events),
            now=self._ctx.now,
            actor=BOT,
            batch=f"{self._message_id}:promoted",
        )
        self.add(promotion.events)
        await self._keep(waiting, promotion.waiting)
        return promotion.granted

    async def _settle(self) -> None:
        """Who got units by ordering waits no longer."""
        waiting = await self._waiting()
        await self._keep(waiting, settle(waiting, self.events))

    async def _waiting(self) -> WaitingList:
        return WaitingList(wishes=await self._ctx.store.waiting.of(self._group_buy.id))

    async def _keep(self, before: WaitingList, after: WaitingList) -> None:
        if after != before:
            await self._ctx.store.waiting.replace(self._group_buy.id, after.wishes)


def net(events: Sequence[DraftEvent]) -> Mapping[str, int]:
    """What events change, by SKU code; nothing that cancels out."""
    sums: Counter[str] = Counter()
    for event in events:
        sums[event.sku] += event.delta
    return {sku: units for sku, units in sums.items() if units}
