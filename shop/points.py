"""Points (积分): earned by daily check-ins and purchases, spent on rewards; every change is an event."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.errors import UserError
from shop.money import Fen


class PointsKind(StrEnum):
    """Why a balance changed."""

    CHECK_IN = "check_in"
    STREAK = "streak"
    EARN = "earn"
    INVITE = "invite"
    REDEEM = "redeem"
    ADJUST = "adjust"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsEvent:
    """`delta` points for `member`; `actor` is whoever caused it, 0 for the bot itself."""

    member: int
    delta: int
    kind: PointsKind
    time: datetime
    actor: int = 0
    message_id: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreakBonus:
    """`points` on top whenever a streak reaches a multiple of `days`."""

    days: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsRules:
    """What a room gives: per check-in, per streak, and per whole yuan of an order that was paid."""

    check_in: int = 1
    streak_bonuses: tuple[StreakBonus, ...] = (
        StreakBonus(days=7, points=5),
        StreakBonus(days=30, points=20),
    )
    per_yuan: int = 1

    def bonus(self, streak: int) -> int:
        """Points on top for the check-in that makes the streak `streak` days long."""
        return max((one.points for one in self.streak_bonuses if streak % one.days == 0), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """What a check-in gave; `streak` counts days in a row, today included."""

    events: tuple[PointsEvent, ...]
    streak: int

    @property
    def points(self) -> int:
        """Points of the check-in with its bonus."""
        return sum(event.delta for event in self.events)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A line of the leader board; equal points share a rank."""

    rank: int
    member: int
    points: int


def streak(days: Collection[date], today: date) -> int:
    """Length of the run of check-in days that ends today or, when today is still open, yesterday."""
    one_day = timedelta(days=1)
    last = today if today in days else today - one_day
    length = 0
    while last - length * one_day in days:
        length += 1
    return length


def check_in(
    member: int, days: Collection[date], today: date, rules: PointsRules, *, time: datetime, message_id: str
) -> CheckIn:
    """Check a member in, given the earlier check-in days; UserError on the second of a day."""
    if today in days:
        raise UserError("checked-in-already", "今天已经签到过啦，明天再来~")
    length = streak(days, today) + 1
    gains = {PointsKind.CHECK_IN: rules.check_in, PointsKind.STREAK: rules.bonus(length)}
    events = tuple(
        PointsEvent(member=member, delta=gain, kind=kind, time=time, actor=member, message_id=message_id)
        for kind, gain in gains.items()
        if gain
    )
    return CheckIn(events=events, streak=length)


def earned(amount: Fen, rules: PointsRules) -> int:
    """Points for an order of `amount` fen that was paid: whole yuan count, the rest does not."""
    return amount // 100 * rules.per_yuan


def balances(events: Iterable[PointsEvent]) -> dict[int, int]:
    """Points of every member with an event."""
    sums: dict[int, int] = {}
    for event in events:
        sums[event.member] = sums.get(event.member, 0) + event.delta
    return sums


def balance(events: Iterable[PointsEvent], member: int) -> int:
    """Points of one member."""
    return sum(event.delta for event in events if event.member == member)


def redeem(
    events: Iterable[PointsEvent], member: int, cost: int, *, time: datetime, message_id: str, reason: str
) -> PointsEvent:
    """Spend points; UserError when there are too few or the cost is not positive."""
    points = balance(events, member)
    if cost < 1:
        raise UserError("points-cost", "要用多少积分兑换？请写个数字~")
    if cost > points:
        raise UserError("points-short", f"积分还不够哦，现有{points}分，还差{cost - points}分~")
    return PointsEvent(
        member=member,
        delta=-cost,
        kind=PointsKind.REDEEM,
        time=time,
        actor=member,
        message_id=message_id,
        reason=reason,
    )


def adjust(events: Iterable[PointsEvent], change: PointsEvent) -> PointsEvent:
    """Pass a leader's adjustment on; UserError when it would leave fewer than no points."""
    points = balance(events, change.member)
    if points + change.delta < 0:
        raise UserError("points-below-zero", f"现在只有{points}分，扣不了{-change.delta}分~")
    return change


def leader_board(events: Iterable[PointsEvent], top: int = 10) -> tuple[Standing, ...]:
    """Rank the members with points, most first; who has had theirs for longer stands first among equals."""
    events = tuple(events)
    since = {event.member: place for place, event in enumerate(events)}
    sums = {member: points for member, points in balances(events).items() if points > 0}
    members = sorted(sums, key=lambda member: (-sums[member], since[member]))
    better = {points: sum(other > points for other in sums.values()) for points in set(sums.values())}
    return tuple(
        Standing(rank=better[sums[member]] + 1, member=member, points=sums[member])
        for member in members[:top]
    )
