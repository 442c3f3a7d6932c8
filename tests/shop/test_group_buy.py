from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import UserError
from shop import groupbuy as gb
from shop.groupbuy import GroupBuy, Phase
from shop.money import Fen
from tests.shop.ledgers import LYCHEE, MARKET, NOON, SOAP, TEA

HOUR = timedelta(hours=1)
CLOSED = gb.close(MARKET)
CANCELLED = gb.cancel(MARKET)


def test_orders_are_taken_while_open_and_before_the_cutoff() -> None:
    timed = gb.schedule_cutoff(MARKET, NOON + HOUR, NOON)
    assert MARKET.accepts_orders(NOON)
    assert timed.accepts_orders(NOON)
    assert not timed.accepts_orders(NOON + HOUR)
    assert not CLOSED.accepts_orders(NOON)


def test_an_open_group_buy_past_its_cutoff_is_due_once() -> None:
    timed = gb.schedule_cutoff(MARKET, NOON + HOUR, NOON)
    assert not timed.due(NOON)
    assert timed.due(NOON + HOUR)
    assert not gb.close(timed).due(NOON + HOUR)
    assert not MARKET.due(NOON)


def test_reopening_forgets_a_cutoff_that_has_passed_and_keeps_one_to_come() -> None:
    timed = gb.schedule_cutoff(MARKET, NOON + HOUR, NOON)
    assert gb.reopen(gb.close(timed), NOON) == timed
    late = NOON + 2 * HOUR
    assert gb.reopen(gb.close(timed), late).accepts_orders(late)
    assert gb.reopen(timed, late).accepts_orders(late)


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (lambda: gb.close(CLOSED), "groupbuy-closed"),
        (lambda: gb.reopen(MARKET, NOON), "groupbuy-open"),
        (lambda: gb.reopen(CANCELLED, NOON), "groupbuy-cancelled"),
        (lambda: gb.cancel(CANCELLED), "groupbuy-cancelled"),
        (lambda: gb.schedule_cutoff(CLOSED, NOON + HOUR, NOON), "groupbuy-closed"),
        (lambda: gb.schedule_cutoff(MARKET, NOON, NOON), "cutoff-past"),
        (lambda: gb.reprice(CANCELLED, "A", Fen(1)), "groupbuy-cancelled"),
        (lambda: gb.reprice(MARKET, "A", Fen(-1)), "price-negative"),
        (lambda: gb.reprice(MARKET, "Z", Fen(1)), "sku-unknown"),
        (lambda: gb.set_stock(MARKET, "B", -1), "stock-negative"),
        (lambda: gb.add_stock(MARKET, "B", -6), "stock-negative"),
        (lambda: gb.add_stock(MARKET, "C", 5), "stock-unbounded"),
        (lambda: gb.add_item(MARKET, replace(SOAP, code="b")), "code-taken"),
    ],
)
def test_what_is_not_possible_is_said(step: Callable[[], GroupBuy], code: str) -> None:
    with pytest.raises(UserError) as caught:
        step()
    assert caught.value.code == code


def test_prices_stock_and_sale_are_changed_by_code() -> None:
    assert gb.reprice(MARKET, "a", Fen(2500)).catalogue["A"] == replace(LYCHEE, price=Fen(2500))
    assert gb.set_stock(MARKET, "C", 20).catalogue["C"].stock == 20
    assert gb.set_stock(MARKET, "B", None).catalogue["B"].stock is None
    assert gb.add_stock(MARKET, "B", 10).catalogue["B"].stock == 15
    assert TEA.code in [sku.code for sku in gb.list_item(MARKET, "E").catalogue.on_sale]
    assert not gb.delist_item(MARKET, "C").catalogue["C"].on_sale
    assert gb.add_item(MARKET, replace(SOAP, code="F")).catalogue["F"].name == SOAP.name


def test_a_closed_group_buy_can_still_be_corrected() -> None:
    repriced = gb.reprice(CLOSED, "A", Fen(2500))
    assert repriced.phase is Phase.CLOSED
    assert repriced.catalogue["A"].price == 2500
