from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.catalogue import Catalogue, PriceTier, Sku
from shop.money import Fen
from tests.shop.ledgers import LYCHEE, MARKET, SOAP, TEA, TOFU

tiers = st.lists(
    st.builds(PriceTier, quantity=st.integers(1, 6), total=st.integers(0, 9000).map(Fen)), max_size=3
).map(tuple)


def tiered(*packs: tuple[int, int], price: int = 1000) -> Sku:
    steps = tuple(PriceTier(quantity=count, total=Fen(total)) for count, total in packs)
    return replace(SOAP, price=Fen(price), tiers=steps)


def test_tiers_are_combined_to_the_lowest_price() -> None:
    sku = tiered((2, 1800), (3, 2400))
    assert [sku.amount(count) for count in range(7)] == [0, 1000, 1800, 2400, 3400, 4200, 4800]


def test_a_tier_dearer_than_singles_is_not_used() -> None:
    assert tiered((2, 2500)).amount(4) == 4000


def test_a_negative_quantity_has_no_price() -> None:
    with pytest.raises(ValueError, match="negative"):
        SOAP.amount(-1)


@given(tiers=tiers, price=st.integers(0, 3000), quantity=st.integers(0, 12))
def test_tiers_never_cost_more_than_single_units(
    tiers: tuple[PriceTier, ...], price: int, quantity: int
) -> None:
    sku = replace(SOAP, price=Fen(price), tiers=tiers)
    assert sku.amount(quantity) <= price * quantity


@given(tiers=tiers, price=st.integers(0, 3000), quantity=st.integers(0, 9))
def test_no_other_combination_is_cheaper(tiers: tuple[PriceTier, ...], price: int, quantity: int) -> None:
    sku = replace(SOAP, price=Fen(price), tiers=tiers)
    counts = product(*(range(quantity // tier.quantity + 1) for tier in tiers))
    possible = [
        sum(tier.total * count for tier, count in zip(tiers, taken, strict=True)) + price * singles
        for taken in counts
        if (singles := quantity - sum(tier.quantity * n for tier, n in zip(tiers, taken, strict=True))) >= 0
    ]
    assert sku.amount(quantity) == min(possible)


def test_label_is_name_and_spec() -> None:
    assert LYCHEE.label == "荔枝 5斤装"
    assert SOAP.label == "香皂"


def test_codes_are_found_whatever_their_case() -> None:
    assert MARKET.catalogue.get("a") is LYCHEE
    assert MARKET.catalogue.get("Z") is None
    with pytest.raises(KeyError):
        MARKET.catalogue["Z"]


def test_codes_that_differ_by_case_only_are_refused() -> None:
    with pytest.raises(ValueError, match="codes used twice: a"):
        Catalogue(skus=(LYCHEE, replace(SOAP, code="a")))
    with pytest.raises(ValueError, match="codes used twice"):
        MARKET.catalogue.add(replace(SOAP, code="b"))


def test_views_and_new_versions() -> None:
    small = replace(LYCHEE, code="F", spec="2斤装")
    catalogue = MARKET.catalogue.add(small)
    assert catalogue.same_name("荔枝") == (LYCHEE, small)
    assert TEA not in catalogue.on_sale
    dearer = replace(TOFU, price=Fen(500))
    assert catalogue.replace(dearer).skus[1] == dearer
    with pytest.raises(KeyError):
        catalogue.replace(replace(TOFU, code="Z"))


@pytest.mark.parametrize(
    "fault", [{"code": " "}, {"name": ""}, {"price": Fen(-1)}, {"limit": 0}, {"stock": -1}]
)
def test_a_sku_that_makes_no_sense_is_refused(fault: dict[str, object]) -> None:
    fields: dict[str, object] = {"code": "A", "name": "荔枝", "unit": "箱", "price": Fen(100)}
    with pytest.raises(ValueError, match=r"code|negative|below"):
        Sku(**(fields | fault))  # type: ignore[arg-type] # the faults are of several types on purpose
