from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from shop import points
from shop.money import Fen
from shop.points import PointsEvent, PointsKind, PointsRules, StreakBonus
from tests.shop.ledgers import NOON

TODAY = date(2026, 3, 4)
RULES = PointsRules(
    check_in=2, streak_bonuses=(StreakBonus(days=3, points=4), StreakBonus(days=6, points=10)), per_yuan=1
)


def before(*ago: int) -> frozenset[date]:
    return frozenset(TODAY - timedelta(days=days) for days in ago)


def gain(member: int, delta: int) -> PointsEvent:
    return PointsEvent(member=member, delta=delta, kind=PointsKind.EARN, time=NOON)


def check_in(days: frozenset[date]) -> points.CheckIn:
    return points.check_in(7, days, TODAY, RULES, time=NOON, message_id="m1")


@pytest.mark.parametrize(
    ("days", "streak", "gained"),
    [
        (before(), 1, [2]),
        (before(1), 2, [2]),
        (before(1, 2), 3, [2, 4]),
        (before(1, 2, 3, 4, 5), 6, [2, 10]),
        (before(2, 3), 1, [2]),
        (before(1, 3, 4), 2, [2]),
    ],
)
def test_a_check_in_gives_points_and_a_bonus_for_the_streak(
    days: frozenset[date], streak: int, gained: list[int]
) -> None:
    done = check_in(days)
    assert (done.streak, [event.delta for event in done.events]) == (streak, gained)
    assert done.points == sum(gained)
    assert {(event.member, event.message_id) for event in done.events} == {(7, "m1")}


def test_a_second_check_in_of_a_day_is_refused() -> None:
    with pytest.raises(UserError, match="签到过"):
        check_in(before(0, 1))


def test_a_streak_lives_until_the_day_without_check_in_is_over() -> None:
    assert points.streak(before(1, 2, 3), TODAY) == 3
    assert points.streak(before(0, 1), TODAY) == 2
    assert points.streak(before(2, 3), TODAY) == 0


@given(st.sets(st.integers(1, 40)))
def test_a_check_in_lengthens_the_streak_by_one(ago: set[int]) -> None:
    days = before(*ago)
    done = check_in(days)
    assert done.streak == points.streak(days, TODAY) + 1 == points.streak(days | {TODAY}, TODAY)


def test_whole_yuan_earn_points() -> None:
    assert points.earned(Fen(1999), RULES) == 19
    assert points.earned(Fen(99), RULES) == 0


def test_redeeming_spends_points() -> None:
    event = points.redeem([gain(7, 30), gain(8, 99)], 7, 30, time=NOON, message_id="m", reason="换鸡蛋")
    assert (event.member, event.delta, event.kind) == (7, -30, PointsKind.REDEEM)


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (lambda: points.redeem([gain(7, 30)], 7, 31, time=NOON, message_id="m", reason=""), "points-short"),
        (lambda: points.redeem([gain(7, 30)], 7, 0, time=NOON, message_id="m", reason=""), "points-cost"),
        (lambda: points.adjust([gain(7, 30)], gain(7, -31)), "points-below-zero"),
    ],
)
def test_nobody_spends_what_is_not_there(step: Callable[[], object], code: str) -> None:
    with pytest.raises(UserError) as caught:
        step()
    assert caught.value.code == code


def test_an_adjustment_that_fits_is_passed_on() -> None:
    change = gain(7, -30)
    assert points.adjust([gain(7, 30)], change) is change


def test_the_leader_board_ranks_points_and_lets_equals_share() -> None:
    events = [gain(1, 5), gain(2, 9), gain(3, 5), gain(4, 5), gain(4, -5), gain(1, 0), gain(5, 1)]
    board = points.leader_board(events, top=4)
    assert [(one.rank, one.member, one.points) for one in board] == [
        (1, 2, 9),
        (2, 3, 5),
        (2, 1, 5),
        (4, 5, 1),
    ]


@given(st.lists(st.builds(gain, st.integers(1, 5), st.integers(-3, 9)), max_size=30))
def test_balances_are_the_sum_of_the_events(events: list[PointsEvent]) -> None:
    sums = points.balances(events)
    assert sum(sums.values()) == sum(event.delta for event in events)
    assert all(points.balance(events, member) == count for member, count in sums.items())
    board = [one.points for one in points.leader_board(events, top=9)]
    assert board == sorted((count for count in sums.values() if count > 0), reverse=True)
