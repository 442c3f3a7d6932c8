from hypothesis import given
from hypothesis import strategies as st

from shop.totals import (
    check_sum,
    follow_numbers,
    totals_by_building,
    totals_by_member,
    totals_by_pickup_point,
    totals_by_sku,
)
from tests.shop.ledgers import DROP_ALL, MARKET, Day, Said, add, messages, played

CATALOGUE = MARKET.catalogue
POINTS = MARKET.pickup_points


def busy() -> Day:
    day = Day()
    day.say(1, add("C", 2), add("A", 2))
    day.say(2, add("A", 1))
    day.say(3, add("C", 1))
    day.say(4, add("B", 1))
    return day


def test_by_sku_in_the_order_of_the_catalogue_with_tiers_per_member() -> None:
    lines = [
        (one.sku.code, one.quantity, one.amount, one.buyers) for one in totals_by_sku(busy().book, CATALOGUE)
    ]
    assert lines == [("A", 3, 8000, 2), ("B", 1, 450, 1), ("C", 3, 2697, 2)]


def test_by_member_first_buyer_first() -> None:
    lines = [(one.member, one.order, one.amount) for one in totals_by_member(busy().book, CATALOGUE)]
    assert lines[0] == (1, {"A": 2, "C": 2}, 6798)
    assert [member for member, _, _ in lines] == [1, 2, 3, 4]


def test_by_building_from_nicknames_unknown_last() -> None:
    names = {1: "10-302张", 2: "月亮", 3: "2栋丽丽", 4: "10-101"}
    places = totals_by_building(busy().book, CATALOGUE, names)
    assert [(one.place, [total.member for total in one.members]) for one in places] == [
        ("2栋", [3]),
        ("10栋", [4, 1]),
        ("", [2]),
    ]
    assert places[1].quantities == {"B": 1, "A": 2, "C": 2}
    assert places[1].amount == 450 + 6798


def test_by_pickup_point_default_first_and_unknown_choices_to_the_default() -> None:
    places = totals_by_pickup_point(busy().book, CATALOGUE, POINTS, {1: "西门", 3: "南门"})
    assert [(one.place, [total.member for total in one.members]) for one in places] == [
        ("东门", [2, 3, 4]),
        ("西门", [1]),
    ]


def test_without_pickup_points_all_goods_lie_in_one_place() -> None:
    (place,) = totals_by_pickup_point(busy().book, CATALOGUE, (), {1: "西门"})
    assert (place.place, len(place.members)) == ("", 4)


def test_follow_numbers_run_by_first_order_and_stay() -> None:
    day = Day()
    day.say(5, add("C", 1))
    day.say(3, add("C", 1))
    day.say(5, DROP_ALL)
    day.say(4, add("C", 1), add("B", 1))
    day.say(5, add("B", 1))
    assert follow_numbers(day.ledger) == {5: 1, 3: 2, 4: 3}


@given(
    messages(overrides=True), st.dictionaries(st.integers(1, 4), st.sampled_from(["东门", "西门", "北门"]))
)
def test_the_sums_agree_in_every_view(talk: list[Said], chosen: dict[int, str]) -> None:
    book = played(talk).book
    check = check_sum(book, CATALOGUE, POINTS, chosen)
    buildings = totals_by_building(book, CATALOGUE, {1: "3-101", 2: "3栋"})
    assert check.holds
    assert check.by_member == sum(place.amount for place in buildings)
    assert check.by_member == sum(book.total(member, CATALOGUE) for member in book.members)
    units = {one.sku.code: one.quantity for one in totals_by_sku(book, CATALOGUE)}
    for places in (buildings, totals_by_pickup_point(book, CATALOGUE, POINTS, chosen)):
        counted = {code: sum(place.quantities.get(code, 0) for place in places) for code in units}
        assert counted == units


def test_a_check_that_does_not_hold_says_so() -> None:
    check = check_sum(busy().book, CATALOGUE, POINTS, {})
    assert check.holds
    assert not type(check)(
        by_member=check.by_member, by_sku=check.by_sku, by_pickup_point=busy().book.total(1, CATALOGUE)
    ).holds
