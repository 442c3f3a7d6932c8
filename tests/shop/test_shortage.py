from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from shop.catalogue import PriceTier, Sku
from shop.money import Fen
from shop.shortage import ShortageRule, refund, share_out, standing_orders
from tests.shop.ledgers import LYCHEE, SOAP, Day, add, drop, subtract

orders = st.lists(st.integers(1, 9), min_size=1, max_size=12).map(
    lambda quantities: tuple(enumerate(quantities, start=1))
)
skus = st.builds(
    lambda price, packs: replace(SOAP, price=Fen(price), tiers=tuple(packs)),
    st.integers(0, 5000),
    st.lists(
        st.builds(PriceTier, quantity=st.integers(2, 5), total=st.integers(0, 9000).map(Fen)), max_size=2
    ),
)


def given_units(rule: ShortageRule, missing: int, *quantities: int) -> list[int]:
    shares = share_out(SOAP, tuple(enumerate(quantities)), missing, rule)
    return [share.given for share in shares]


def test_first_come_first_served() -> None:
    assert given_units(ShortageRule.FIRST_COME, 4, 2, 3, 1, 2) == [2, 2, 0, 0]


def test_in_proportion_by_largest_remainder() -> None:
    # 7 of 10 units: 3.5, 2.1, 0.7, 0.7 - the two units left over go to the largest remainders
    assert given_units(ShortageRule.PROPORTIONAL, 3, 5, 3, 1, 1) == [3, 2, 1, 1]


def test_among_equal_remainders_the_earlier_order_wins() -> None:
    assert given_units(ShortageRule.PROPORTIONAL, 2, 1, 1, 1) == [1, 0, 0]


@given(skus, orders, st.sampled_from(ShortageRule), st.data())
def test_shares_and_refunds_add_up(
    sku: Sku, wanted: tuple[tuple[int, int], ...], rule: ShortageRule, data: st.DataObject
) -> None:
    ordered = sum(quantity for _, quantity in wanted)
    missing = data.draw(st.integers(1, ordered))
    shares = share_out(sku, wanted, missing, rule)
    assert sum(share.missing for share in shares) == missing
    assert [(share.member, share.ordered) for share in shares] == list(wanted)
    for share in shares:
        assert 0 <= share.given <= share.ordered
        kept = sku.amount(share.ordered) - share.refund
        assert 0 <= share.refund <= sku.amount(share.ordered)
        assert kept <= sku.amount(share.given)
    assert share_out(sku, wanted, missing, rule) == shares


@given(orders, st.data())
def test_in_proportion_nobody_is_more_than_one_unit_off(
    wanted: tuple[tuple[int, int], ...], data: st.DataObject
) -> None:
    ordered = sum(quantity for _, quantity in wanted)
    missing = data.draw(st.integers(1, ordered))
    for share in share_out(SOAP, wanted, missing, ShortageRule.PROPORTIONAL):
        assert abs(share.given * ordered - share.ordered * (ordered - missing)) < ordered


def test_a_refund_leaves_the_tier_price_to_the_member() -> None:
    # two for 50 yuan, one arrives: 25 are paid back, not the 20 that the single price would leave
    assert refund(LYCHEE, 2, 1) == 2500
    assert refund(LYCHEE, 3, 2) == 3000
    assert refund(LYCHEE, 2, 0) == 5000
    assert refund(LYCHEE, 2, 2) == 0


@pytest.mark.parametrize(("missing", "code"), [(0, "shortage-none"), (6, "shortage-too-large")])
def test_an_impossible_shortage_is_said(missing: int, code: str) -> None:
    with pytest.raises(UserError) as caught:
        share_out(SOAP, ((1, 2), (2, 3)), missing, ShortageRule.FIRST_COME)
    assert caught.value.code == code


def test_who_gave_up_and_came_back_stands_behind() -> None:
    day = Day()
    day.say(1, add("C", 2))
    day.say(2, add("C", 3), add("B", 1))
    day.say(1, drop("C"))
    day.say(3, add("C", 1))
    day.say(2, subtract("C", 1))
    day.say(1, add("C", 4))
    assert standing_orders(day.ledger, "C") == ((2, 2), (3, 1), (1, 4))
