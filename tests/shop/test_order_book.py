"""Properties that hold on every day of ordering, whatever is said."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.book import Book, DraftEvent, EventKind, OrderEvent
from shop.changes import Change
from tests.shop.ledgers import MARKET, NOON, Day, Said, add, changes, messages, play, played

talks = messages()


@given(messages(overrides=True))
def test_the_book_is_the_sum_of_its_events(talk: list[Said]) -> None:
    day = played(talk)
    sums: Counter[tuple[int, str]] = Counter()
    for event in day.ledger:
        sums[event.member, event.sku] += event.delta
    held = {(member, sku): n for member in day.book.members for sku, n in day.order(member).items()}
    assert held == {key: count for key, count in sums.items() if count}


@given(messages(overrides=True))
def test_stock_is_never_oversold_and_no_quantity_negative(talk: list[Said]) -> None:
    day = Day()
    for said in talk:
        play(day, said)
        for sku in MARKET.catalogue:
            assert sku.stock is None or day.book.sold(sku.code) <= sku.stock
            assert all(day.book.quantity(member, sku.code) >= 0 for member in day.book.members)


@given(talks)
def test_the_limit_is_never_exceeded(talk: list[Said]) -> None:
    day = Day()
    for said in talk:
        play(day, said)
        for sku in MARKET.catalogue:
            held = [day.book.quantity(member, sku.code) for member in day.book.members]
            assert sku.limit is None or max(held, default=0) <= sku.limit


@given(talks, st.integers(1, 4), st.lists(changes, min_size=1, max_size=4))
def test_undo_of_the_last_message_restores_the_book(
    talk: list[Said], member: int, wishes: list[Change]
) -> None:
    day = played(talk)
    before = day.book
    decision = play(day, Said(member=member, changes=tuple(wishes)))
    if decision.events:
        undone = day.undo(member)
        assert not undone.refusals
        assert day.book.orders == before.orders


@given(messages(overrides=True), st.integers(0, 40))
def test_replaying_gives_the_same_book_in_any_portions(talk: list[Said], cut: int) -> None:
    day = played(talk)
    again = Book.of(day.ledger[:cut]).with_events(day.ledger[cut:])
    assert again == Book.of(day.ledger) == day.book
    assert again.members == day.book.members


@given(talks)
def test_every_wish_is_booked_refused_or_already_so(talk: list[Said]) -> None:
    day = Day()
    for said in talk:
        decision = play(day, said)
        assert len(decision.refusals) <= max(1, len(said.changes))
        assert all(refusal.left is None or refusal.left >= 0 for refusal in decision.refusals)
        assert all(event.delta for event in decision.events)


@given(talks, st.sampled_from("ABCD"), st.integers(1, 6))
def test_a_refusal_for_limit_or_stock_is_right_about_what_is_left(
    talk: list[Said], code: str, quantity: int
) -> None:
    day = played(talk)
    for refusal in day.say(1, add(code, quantity)).refusals:
        assert refusal.left is not None
        assert refusal.left < quantity
        if refusal.left:
            assert not day.say(1, add(code, refusal.left)).refusals
        assert day.say(1, add(code, 1)).refusals


def event(seq: int, delta: int) -> OrderEvent:
    draft = DraftEvent(
        member=1,
        sku="A",
        delta=delta,
        kind=EventKind.ADD,
        actor=1,
        message_id="m",
        batch="b",
        time=NOON,
    )
    return OrderEvent.of(draft, seq)


@pytest.mark.parametrize("ledger", [[event(1, 2), event(1, 2)], [event(2, 1), event(1, 1)], [event(1, -1)]])
def test_a_damaged_ledger_is_refused(ledger: list[OrderEvent]) -> None:
    with pytest.raises(ValueError, match="event 1"):
        Book.of(ledger)


def test_a_book_is_not_changed_by_what_comes_after() -> None:
    book = Book.of([event(1, 2)])
    later = book.after([event(9, 3)])
    assert (book.quantity(1, "A"), later.quantity(1, "A"), later.last_seq) == (2, 5, 2)


def test_what_a_member_owes_respects_tiers() -> None:
    day = Day()
    day.say(1, add("A", 3), add("B", 2))
    assert day.book.total(1, MARKET.catalogue) == 5000 + 3000 + 900
    assert day.book.total(2, MARKET.catalogue) == 0


def test_sums_follow_a_new_price() -> None:
    day = Day()
    day.say(1, add("C", 2))
    cheaper = MARKET.catalogue.replace(replace(MARKET.catalogue["C"], price=MARKET.catalogue["B"].price))
    assert day.book.total(1, cheaper) == 900
