"""What is booked and what is not: rules 1, 2, 7, 8, 15 of the labelling guide and 19 to 24 of the product."""

from dataclasses import replace

import pytest

from shop import groupbuy as gb
from shop.book import EventKind
from shop.changes import Change, ChangeKind
from shop.ordering import RefusalReason, headroom, stock_left
from tests.shop.ledgers import DROP_ALL, LYCHEE, MARKET, NOON, Day, add, drop, set_to, subtract, swap


def reasons(day: Day, member: int, *changes: Change) -> list[tuple[RefusalReason, str, int | None]]:
    return [(one.reason, one.sku, one.left) for one in day.say(member, *changes).refusals]


def test_adding_adds_and_setting_sets() -> None:
    day = Day()
    day.say(1, add("A", 2))
    day.say(1, add("a", 1))
    assert day.order(1) == {"A": 3}
    day.say(1, set_to("A", 2))
    assert day.order(1) == {"A": 2}
    assert [event.delta for event in day.ledger] == [2, 1, -1]


def test_setting_to_what_is_ordered_already_writes_nothing() -> None:
    day = Day()
    day.say(1, add("A", 2))
    decision = day.say(1, set_to("A", 2), set_to("C", 0))
    assert (decision.events, decision.refusals) == ((), ())


def test_taking_away_more_than_ordered_drops_to_zero() -> None:
    day = Day()
    day.say(1, add("A", 2))
    assert day.say(1, subtract("A", 5)).events[0].delta == -2
    assert day.order(1) == {}


@pytest.mark.parametrize("change", [subtract("C", 1), drop("C"), DROP_ALL, swap("C", "A")])
def test_what_was_not_ordered_cannot_be_taken_away(change: Change) -> None:
    (refusal,) = Day().say(1, change).refusals
    assert refusal.reason is RefusalReason.NOT_ORDERED
    assert refusal.change == change


def test_dropping_all_drops_every_item() -> None:
    day = Day()
    day.say(1, add("A", 2), add("C", 4))
    events = day.say(1, DROP_ALL).events
    assert day.order(1) == {}
    assert {event.kind for event in events} == {EventKind.DROP}
    assert len({event.batch for event in events}) == 1


def test_over_the_limit_nothing_is_booked_and_the_rest_is_told() -> None:
    day = Day()
    day.say(1, add("A", 2))
    assert reasons(day, 1, add("A", 2)) == [(RefusalReason.LIMIT, "A", 1)]
    assert reasons(day, 1, set_to("A", 4)) == [(RefusalReason.LIMIT, "A", 1)]
    assert day.order(1) == {"A": 2}


def test_what_is_over_the_limit_together_is_refused_together() -> None:
    day = Day()
    (refusal,) = day.say(1, add("A", 3), add("C", 1), add("A", 1)).refusals
    assert (refusal.sku, refusal.left, refusal.change) == ("A", 3, add("A", 4))
    assert day.order(1) == {"C": 1}


def test_over_the_stock_nothing_is_booked_and_the_rest_is_told() -> None:
    day = Day()
    day.say(1, add("B", 4))
    assert reasons(day, 2, add("B", 2)) == [(RefusalReason.STOCK, "B", 1)]
    assert day.order(2) == {}


def test_the_tighter_of_limit_and_stock_is_the_reason() -> None:
    day = Day()
    day.say(1, add("D", 2))
    day.say(2, add("D", 1))
    assert reasons(day, 3, add("D", 2)) == [(RefusalReason.STOCK, "D", 1)]
    assert reasons(day, 1, add("D", 1)) == [(RefusalReason.LIMIT, "D", 0)]
    assert reasons(day, 2, add("D", 2)) == [(RefusalReason.LIMIT, "D", 1)]  # both leave one


def test_a_refused_item_does_not_refuse_the_others() -> None:
    day = Day()
    decision = day.say(1, add("A", 9), add("C", 1), add("Z", 1), add("E", 1))
    assert day.order(1) == {"C": 1}
    assert [refusal.reason for refusal in decision.refusals] == [
        RefusalReason.LIMIT,
        RefusalReason.NOT_ON_SALE,
        RefusalReason.NOT_ON_SALE,
    ]


def test_later_wishes_of_a_message_see_earlier_ones() -> None:
    day = Day()
    decision = day.say(1, add("A", 3), drop("A"), add("A", 2), add("A", 2))
    assert day.order(1) == {"A": 2}
    assert [refusal.left for refusal in decision.refusals] == [1]


def test_a_delisted_item_can_be_given_back_but_not_taken() -> None:
    day = Day()
    day.say(1, add("C", 3))
    day.groupbuy = gb.delist_item(MARKET, "C")
    assert reasons(day, 1, add("C", 1)) == [(RefusalReason.NOT_ON_SALE, "C", None)]
    assert reasons(day, 1, set_to("C", 3)) == []
    day.say(1, set_to("C", 1))
    assert day.order(1) == {"C": 1}


@pytest.mark.parametrize(
    ("change", "order"),
    [
        (swap("C", "A"), {"A": 3}),
        (swap("C", "A", quantity=1), {"C": 2, "A": 1}),
        (swap("C", "A", to_quantity=1), {"A": 1}),
        (swap("C", "A", quantity=1, to_quantity=2), {"C": 2, "A": 2}),
        (swap("C", "A", quantity=9), {"A": 3}),
        (swap("C", "c", to_quantity=5), {"C": 5}),
        (swap("C", "C"), {"C": 3}),
    ],
)
def test_a_swap_moves_what_was_said(change: Change, order: dict[str, int]) -> None:
    day = Day()
    day.say(1, add("C", 3))
    day.say(1, change)
    assert day.order(1) == order


@pytest.mark.parametrize(
    ("target", "reason"),
    [("A", RefusalReason.LIMIT), ("E", RefusalReason.NOT_ON_SALE), ("Z", RefusalReason.NOT_ON_SALE)],
)
def test_a_swap_that_the_target_refuses_leaves_the_source_alone(target: str, reason: RefusalReason) -> None:
    day = Day()
    day.say(1, add("C", 4))
    (refusal,) = day.say(1, swap("C", target)).refusals
    assert (refusal.reason, refusal.sku) == (reason, target)
    assert day.order(1) == {"C": 4}


@pytest.mark.parametrize("change", [add("C", 1), drop("C"), DROP_ALL, swap("C", "A")])
def test_after_the_cutoff_nothing_changes(change: Change) -> None:
    day = Day()
    day.say(1, add("C", 1))
    day.groupbuy = gb.close(MARKET)
    assert [refusal.reason for refusal in day.say(1, change).refusals] == [RefusalReason.CLOSED]
    assert [refusal.reason for refusal in day.undo(1).refusals] == [RefusalReason.CLOSED]
    assert day.order(1) == {"C": 1}


def test_the_cutoff_holds_before_anybody_closes() -> None:
    day = Day(groupbuy=replace(MARKET, cutoff=NOON))
    assert [refusal.reason for refusal in day.say(1, add("C", 1)).refusals] == [RefusalReason.CLOSED]


def test_a_leader_may_exceed_the_limit_but_not_the_stock() -> None:
    day = Day()
    day.say(1, add("A", 9), add("D", 4), override=True)
    assert day.order(1) == {"A": 9, "D": 4}
    decision = day.say(2, add("D", 1), override=True)
    assert [(one.reason, one.left) for one in decision.refusals] == [(RefusalReason.STOCK, 0)]


def test_every_event_knows_where_it_comes_from() -> None:
    change = Change(kind=ChangeKind.ADD, sku="C", quantity=1, spans=((0, 4),), note="帮妈妈带")
    (event,) = Day().say(7, change).events
    assert (event.actor, event.message_id, event.batch, event.time) == (7, "m1", "b1", NOON)
    assert (event.spans, event.reason) == (((0, 4),), "帮妈妈带")


def test_undo_takes_back_the_whole_last_message_and_then_the_one_before() -> None:
    day = Day()
    day.say(1, add("A", 1))
    day.say(1, add("C", 2), swap("A", "D"))
    day.say(2, add("C", 1))
    events = day.undo(1).events
    assert day.order(1) == {"A": 1}
    assert [event.undoes for event in events] == [4, 3, 2]
    assert {event.kind for event in events} == {EventKind.UNDO}
    day.undo(1)
    assert day.order(1) == {}
    assert [refusal.reason for refusal in day.undo(1).refusals] == [RefusalReason.NOTHING_TO_UNDO]
    assert day.order(2) == {"C": 1}


def test_undo_of_a_cancellation_does_not_oversell() -> None:
    day = Day()
    day.say(1, add("B", 3), add("C", 1))
    day.say(1, DROP_ALL)
    day.say(2, add("B", 4))
    (refusal,) = day.undo(1).refusals
    assert (refusal.reason, refusal.sku, refusal.left) == (RefusalReason.STOCK, "B", 1)
    assert day.order(1) == {}


def test_a_shortage_bars_the_way_for_undo() -> None:
    day = Day()
    (draft,) = day.say(1, add("C", 3)).events
    day.write([replace(draft, delta=-2, kind=EventKind.SHORTAGE, batch="truck")])
    assert [refusal.reason for refusal in day.undo(1).refusals] == [RefusalReason.NOTHING_TO_UNDO]


def test_headroom_says_how_much_more_and_why() -> None:
    day = Day()
    day.say(1, add("A", 2))
    room = headroom(day.book, 1, LYCHEE)
    assert (room.units, room.reason) == (1, RefusalReason.LIMIT)
    assert headroom(day.book, 1, LYCHEE, may_override=True).units is None


def test_stock_below_what_is_sold_leaves_nothing() -> None:
    day = Day()
    day.say(1, add("B", 4))
    day.groupbuy = gb.set_stock(MARKET, "B", 2)
    assert stock_left(day.book, day.groupbuy.catalogue["B"]) == 0
    assert reasons(day, 2, add("B", 1)) == [(RefusalReason.STOCK, "B", 0)]
    day.say(1, set_to("B", 3))
    assert day.order(1) == {"B": 3}


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": ChangeKind.ADD, "sku": "A"},
        {"kind": ChangeKind.ADD, "sku": "A", "quantity": 0},
        {"kind": ChangeKind.SET, "sku": "A", "quantity": -1},
        {"kind": ChangeKind.ADD, "sku": "", "quantity": 1},
        {"kind": ChangeKind.DROP_ALL, "sku": "A"},
        {"kind": ChangeKind.SWAP, "sku": "A"},
        {"kind": ChangeKind.DROP, "sku": "A", "to": "B"},
        {"kind": ChangeKind.SWAP, "sku": "A", "to": "B", "to_quantity": 0},
    ],
)
def test_a_wish_that_makes_no_sense_cannot_be_made(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=fields["kind"].value):  # type: ignore[attr-defined] # mixed values
        Change(**fields)  # type: ignore[arg-type] # the faults are of several types on purpose
