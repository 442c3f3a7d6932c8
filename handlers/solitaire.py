"""接龙: every row that is new or changed sets its name's order; rows that an old copy lost stay in force."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.model import Incoming, Member, Reply
from bot.routing import Answer, Context, Form, Router
from bot.understanding import RowChange, RowEvent, SolitaireList, SolitaireReading
from handlers._booked import booked_text, promoted
from handlers._desk import Desk
from handlers._lines import order_text
from handlers._people import NameIndex, answer, leader_name, listed, plain_name
from handlers._questions import ask
from handlers._refusals import hand_to_leader, keep_refused, refusal_text
from shop.book import DraftEvent
from shop.groupbuy import GroupBuy
from shop.money import format_yuan
from shop.ordering import Refusal, RefusalReason
from shop.review import ReviewKind

router = Router(__name__)

CLOSED = "已经截单啦，接龙里新改的先没记({names})，转给团长看看能不能加~"
BOOKED = "接龙记好啦：{rows}。"
ROW = "{name} {lines}(共{total})"
EMPTY_ROW = "{name} 已取消"
AND_MORE = "等{count}人"
OF_ANOTHER = "{name}：{text}"
UNCLEAR_ROW = "{name}那行“{text}”没看明白，请{name}说一下要哪个、几份~"
LOST = "接龙里漏了{names}，单都还在，没动。接着这份往下接：\n{merged}"
OVERWRITTEN = "{sender}改了{name}那一行：{before} → {after}"
TAG = "#接龙"
SHOWN_ROWS = 6
TAKEN_OUT = "(删掉了)"

_EFFECTIVE = frozenset(
    {RowChange.ADDED, RowChange.CHANGED_BY_OWNER, RowChange.CHANGED_BY_OTHER, RowChange.REMOVED_BY_OWNER}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What became of one name's rows."""

    row: RowEvent
    member: Member
    events: tuple[DraftEvent, ...]
    refusals: tuple[Refusal, ...]


@router.on(Form.SOLITAIRE, summary="接龙：把名单接下去发出来就行", examples=("#接龙 … 3. 你的名字 苹果2箱",))
async def solitaire(incoming: Incoming, ctx: Context) -> Answer:
    """One answer for the whole list; a list that changes nothing gets none."""
    reading, group_buy = ctx.understanding.solitaire, ctx.group_buy
    if reading is None or group_buy is None:
        return None
    rows = [row for row in reading.events if row.kind in _EFFECTIVE]
    if rows and not group_buy.accepts_orders(ctx.now):
        return await _closed(incoming, ctx, rows)
    desk = Desk(incoming, ctx, group_buy)
    index = await NameIndex.of(
        ctx, (row.name for row in rows if not (row.account_id or _is_own(incoming, ctx, row)))
    )
    outcomes = [await _booked(incoming, ctx, desk, index, row) for row in rows]
    granted = await desk.close()
    await ctx.store.solitaires.add(group_buy.id, _version(incoming, reading))
    said = await _said(incoming, ctx, group_buy, desk, outcomes)
    told = await _leader_told(incoming, ctx, reading, outcomes)
    return (*said, *await promoted(ctx, granted, group_buy), *told)


async def _closed(incoming: Incoming, ctx: Context, rows: Sequence[RowEvent]) -> Reply:
    """The list is not kept: once the group-buy is open again, its rows are new again."""
    text = "；".join(f"{row.name} {row.after or TAKEN_OUT}" for row in rows)
    await hand_to_leader(incoming, ctx, ReviewKind.AFTER_CUTOFF, text)
    return answer(incoming, CLOSED.format(names=listed((row.name for row in rows), SHOWN_ROWS)))


async def _booked(incoming: Incoming, ctx: Context, desk: Desk, index: NameIndex, row: RowEvent) -> _Outcome:
    member = await _owner(incoming, ctx, index, row)
    decision = desk.book_for(member.id, row.changes)
    # Taking a row out whose order was never booked, or was cancelled in chat, is all right.
    refusals = tuple(one for one in decision.refusals if one.reason is not RefusalReason.NOT_ORDERED)
    return _Outcome(row=row, member=member, events=decision.events, refusals=refusals)


async def _owner(incoming: Incoming, ctx: Context, index: NameIndex, row: RowEvent) -> Member:
    """The sender for the own row, else the member of that account or name."""
    if _is_own(incoming, ctx, row):
        return ctx.sender
    if row.account_id:
        return await ctx.store.members.seen(ctx.room.id, row.account_id, row.name)
    return index[row.name]


def _is_own(incoming: Incoming, ctx: Context, row: RowEvent) -> bool:
    """By the account where the network tells it, else by any name the sender ever had."""
    if row.account_id:
        return row.account_id == incoming.sender_id
    return plain_name(row.name) in map(plain_name, (ctx.sender.name, *ctx.sender.names))


def _version(incoming: Incoming, reading: SolitaireReading) -> SolitaireList:
    """The list as it is in force, under this message's name."""
    return replace(
        reading.merged or reading.current,
        message_id=incoming.id,
        sender=incoming.sender_name,
        sid=reading.current.sid,
    )


async def _said(
    incoming: Incoming, ctx: Context, group_buy: GroupBuy, desk: Desk, outcomes: Sequence[_Outcome]
) -> tuple[Reply, ...]:
    own = next((one for one in outcomes if one.member.id == ctx.sender.id), None)
    booked = [one for one in outcomes if one.events]
    if own is not None and booked == [own]:
        head = booked_text(own.events, desk.book, own.member.id, group_buy.catalogue)
    else:
        head = _rows_text(booked, desk, group_buy)
    rest = [_refused(one, own, group_buy) for one in outcomes if one.refusals]
    rest += [await _unclear(incoming, ctx, one) for one in outcomes if one.row.unclear and one is not own]
    if own is not None:
        await keep_refused(incoming, ctx, own.refusals)
        rest.append(await ask(incoming, ctx, own.row.unclear, group_buy.catalogue))
    reply = answer(incoming, head, " ".join(filter(None, rest)))
    return (reply,) if reply.text else ()


def _rows_text(booked: Sequence[_Outcome], desk: Desk, group_buy: GroupBuy) -> str:
    if not booked:
        return ""
    rows = "；".join(_row_text(one, desk, group_buy) for one in booked[:SHOWN_ROWS])
    more = AND_MORE.format(count=len(booked)) if len(booked) > SHOWN_ROWS else ""
    return BOOKED.format(rows=rows + more)


def _row_text(one: _Outcome, desk: Desk, group_buy: GroupBuy) -> str:
    order = desk.book.order_of(one.member.id)
    if not order:
        return EMPTY_ROW.format(name=one.row.name)
    total = format_yuan(desk.book.total(one.member.id, group_buy.catalogue))
    return ROW.format(name=one.row.name, lines=order_text(order, group_buy.catalogue), total=total)


def _refused(one: _Outcome, own: _Outcome | None, group_buy: GroupBuy) -> str:
    text = refusal_text(one.refusals, group_buy.catalogue)
    return text if one is own else OF_ANOTHER.format(name=one.row.name, text=text)


async def _unclear(incoming: Incoming, ctx: Context, one: _Outcome) -> str:
    """Somebody else's row is not the sender's to explain."""
    text = " ".join(unclear.text for unclear in one.row.unclear)
    await hand_to_leader(incoming, ctx, ReviewKind.UNCLEAR, f"{one.row.name} {one.row.after}")
    return UNCLEAR_ROW.format(name=one.row.name, text=text)


async def _leader_told(
    incoming: Incoming, ctx: Context, reading: SolitaireReading, outcomes: Sequence[_Outcome]
) -> tuple[Reply, ...]:
    """Whose row was lost or overwritten, and the list as it stands."""
    lost = [event.name for event in reading.events if event.kind is RowChange.LOST]
    leader = await leader_name(ctx)
    overwritten = [
        _overwritten(incoming, one.row)
        for one in outcomes
        if one.row.kind is RowChange.CHANGED_BY_OTHER and one.events and leader != incoming.sender_name
    ]
    for text in overwritten:
        await hand_to_leader(incoming, ctx, ReviewKind.OVERWRITTEN, text)
    if lost:
        merged = list_text(_version(incoming, reading))
        overwritten.append(LOST.format(names=listed(lost), merged=merged))
    return (Reply(text="\n".join(overwritten), to=leader),) if overwritten else ()


def _overwritten(incoming: Incoming, row: RowEvent) -> str:
    return OVERWRITTEN.format(
        sender=incoming.sender_name, name=row.name, before=row.before, after=row.after or TAKEN_OUT
    )


def list_text(version: SolitaireList) -> str:
    """A list as members copy it."""
    rows = (f"{number}. {row.name} {row.content}".rstrip() for number, row in enumerate(version.rows, 1))
    header = version.header if "接龙" in version.header else f"{TAG}\n{version.header}".strip()
    return "\n".join((header, *rows))
