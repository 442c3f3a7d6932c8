"""A room that one can talk in: real dispatcher and store, an understander that says what was scripted."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot import scan
from bot.clock import SetClock
from bot.config import Admission
from bot.dispatch import Dispatcher, Handled
from bot.model import Address, Attachment, Incoming, Quote, Reply
from bot.reader import Reader
from bot.understanding import (
    Aspect,
    Command,
    Directive,
    FaqMatch,
    Focus,
    Intent,
    Pending,
    Situation,
    SolitaireReading,
    Unclear,
    Understanding,
)
from shop.book import Book, OrderEvent
from shop.changes import Change, ChangeKind
from shop.groupbuy import GroupBuy
from shop.review import ReviewItem
from shop.totals import check_sum
from storage.database import Database
from storage.state import MemoryState

ROOM = Address(channel="test", account="bot", room="r1")
NOON = datetime(2026, 3, 4, 4, tzinfo=UTC)  # 12:00 in the room's zone
LEADER = "团长"
LEADER_ID = "wx_leader"


def meaning(
    intent: Intent = Intent.ORDER,
    *changes: Change,
    unclear: Sequence[Unclear] = (),
    directive: Directive | None = None,
    solitaire: SolitaireReading | None = None,
    faq: FaqMatch | None = None,
    aspect: Aspect | None = None,
    skus: Sequence[str] = (),
    answering: bool = False,
    quantity: int | None = None,
) -> Understanding:
    """A meaning without its text, which the script puts in."""
    return Understanding(
        text="",
        normalised="",
        intent=intent,
        changes=changes,
        unclear=tuple(unclear),
        directive=directive,
        solitaire=solitaire,
        faq=faq,
        aspect=aspect,
        skus=tuple(skus),
        answering=answering,
        focus=Focus(skus=tuple(skus), quantity=quantity),
    )


def add(sku: str, units: int, *, note: str = "") -> Change:
    return Change(kind=ChangeKind.ADD, sku=sku, quantity=units, note=note)


def set_to(sku: str, units: int) -> Change:
    return Change(kind=ChangeKind.SET, sku=sku, quantity=units)


def drop(sku: str) -> Change:
    return Change(kind=ChangeKind.DROP, sku=sku)


def swap(sku: str, to: str) -> Change:
    return Change(kind=ChangeKind.SWAP, sku=sku, to=to)


@dataclass(slots=True)
class Script:
    """Says what was written down for the next message; a yes or no to a question needs no script."""

    next: Understanding | None = None
    situations: list[Situation] = field(default_factory=list)

    def understand(self, text: str, situation: Situation) -> Understanding:
        self.situations.append(situation)
        meant, self.next = self.next, None
        if meant is None and situation.confirming is not None:
            meant = meaning(Intent.ADMIN, directive=_answered(text, situation.confirming))
        return replace(meant or meaning(Intent.CHITCHAT), text=text, normalised=text)


def _answered(text: str, asked: Directive) -> Directive:
    return replace(asked, confirmed=True) if text == "是" else Directive(command=Command.DECLINE)


class Talk:
    """What is said in the room, and what the store holds of it."""

    def __init__(self, database: Database, dispatcher: Dispatcher, script: Script, clock: SetClock) -> None:
        self.database = database
        self.script = script
        self.clock = clock
        self._dispatcher = dispatcher
        self._said = 0

    async def says(
        self,
        name: str,
        text: str,
        meant: Understanding | None = None,
        *,
        at_bot: bool = False,
        quote: Quote | None = None,
        photos: Sequence[Attachment] = (),
        key: str = "",
    ) -> list[str]:
        """The texts of the replies to a member's words."""
        replies = await self.replies(name, text, meant, at_bot=at_bot, quote=quote, photos=photos, key=key)
        return [reply.text for reply in replies]

    async def leads(self, text: str, /, command: Command | Directive, **given: object) -> list[str]:
        """The texts of the replies to a leader's command."""
        directive = command if isinstance(command, Directive) else Directive(command=command, **given)  # type: ignore[arg-type]  # fields of a directive, as the test names them
        return await self.says(LEADER, text, meaning(Intent.ADMIN, directive=directive))

    async def orders(self, name: str, *changes: Change) -> list[str]:
        """The texts of the replies to a plain order."""
        return await self.says(name, "来点", meaning(Intent.ORDER, *changes))

    async def replies(
        self,
        name: str,
        text: str,
        meant: Understanding | None = None,
        *,
        at_bot: bool = False,
        quote: Quote | None = None,
        photos: Sequence[Attachment] = (),
        key: str = "",
    ) -> tuple[Reply, ...]:
        """The replies, with whom they address; an incident is a failed test."""
        self._said += 1
        self.clock.set(self.clock.now() + timedelta(seconds=20))
        self.script.next = meant
        incoming = Incoming(
            id=key or f"m{self._said}",
            address=ROOM,
            sender_id=LEADER_ID if name == LEADER else f"wx_{name}",
            sender_name=name,
            text=text,
            time=self.clock.now(),
            at_bot=at_bot,
            quote=quote,
            attachments=tuple(photos),
        )
        await self.database.inbox.accept(incoming)
        handled: Handled = await self._dispatcher.handle(incoming)
        assert not handled.incident, handled
        return handled.replies

    def was_open(self) -> Pending | None:
        """The question that was still open when the last message came."""
        return self.script.situations[-1].pending

    async def group_buy(self) -> GroupBuy:
        async with self.database.unit_of_work() as store:
            found = await store.group_buys.current((await store.rooms.seen(ROOM)).id)
        assert found is not None
        return found

    async def book(self) -> Book:
        group_buy = await self.group_buy()
        async with self.database.unit_of_work() as store:
            return await store.ledger.book(group_buy.id)

    async def events(self) -> tuple[OrderEvent, ...]:
        group_buy = await self.group_buy()
        async with self.database.unit_of_work() as store:
            return await store.ledger.events(group_buy.id)

    async def order_of(self, name: str) -> dict[str, int]:
        """The member's order by SKU code."""
        book = await self.book()
        async with self.database.unit_of_work() as store:
            room = await store.rooms.seen(ROOM)
            member = await store.members.named(room.id, name)
        return dict(book.order_of(member.id))

    async def reviews(self) -> list[ReviewItem]:
        async with self.database.unit_of_work() as store:
            return list(await store.reviews.open_of((await store.rooms.seen(ROOM)).id))

    async def sums_hold(self) -> bool:
        group_buy, book = await self.group_buy(), await self.book()
        return check_sum(book, group_buy.catalogue, group_buy.pickup_points, {}).holds


def dispatcher(database: Database, reader: Reader, clock: SetClock) -> Dispatcher:
    """The real way of a message with every handler that the scan finds."""
    return Dispatcher(
        units=database.unit_of_work,
        state=MemoryState(clock),
        reader=reader,
        routes=scan.routes(),
        clock=clock,
        admission=Admission(messages_per_minute=1000),
    )
