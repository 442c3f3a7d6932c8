from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from shop import groupbuy as gb
from shop.book import EventKind
from shop.waiting import Promotion, WaitingList, Wish, join, leave, promote, settle
from tests.shop.ledgers import MARKET, NOON, Day, Said, add, drop, messages, played


def wish(member: int, quantity: int = 1, sku: str = "B") -> Wish:
    return Wish(
        member=member,
        sku=sku,
        quantity=quantity,
        since=NOON + timedelta(minutes=member),
        message_id=f"w{member}",
    )


def listed(*wishes: Wish) -> WaitingList:
    waiting = WaitingList()
    for one in wishes:
        waiting = join(waiting, one)
    return waiting


def freed(day: Day, waiting: WaitingList) -> Promotion:
    promotion = promote(day.book, day.groupbuy, waiting, now=NOON, actor=0, batch="freed")
    day.write(promotion.events)
    return promotion


def sold_out() -> Day:
    day = Day()
    day.say(9, add("B", 5))
    return day


def test_places_are_counted_for_each_sku() -> None:
    waiting = listed(wish(1), wish(2, sku="D"), wish(3))
    assert (waiting.place(1, "B"), waiting.place(3, "B"), waiting.place(2, "D")) == (1, 2, 1)
    assert waiting.place(2, "B") is None


def test_asking_again_for_no_more_keeps_the_place() -> None:
    waiting = listed(wish(1, 3), wish(2), wish(1, 2))
    assert [(one.member, one.quantity) for one in waiting.wishes] == [(1, 2), (2, 1)]
    assert waiting.wishes[0].since == wish(1).since
    assert join(waiting, wish(1, 2)) == waiting


def test_asking_again_for_more_goes_to_the_tail() -> None:
    waiting = listed(wish(1, 1), wish(2), wish(1, 2))
    assert [(one.member, one.quantity) for one in waiting.wishes] == [(2, 1), (1, 2)]


def test_leaving_takes_off_one_wish_and_is_harmless_without_one() -> None:
    waiting = listed(wish(1), wish(1, sku="D"))
    assert leave(waiting, 1, "B").wishes == (wish(1, sku="D"),)
    assert leave(waiting, 2, "B") == waiting


def test_a_freed_unit_goes_to_the_head() -> None:
    day = sold_out()
    waiting = listed(wish(1), wish(2))
    assert freed(day, waiting).granted == ()
    day.say(9, drop("B"), add("B", 4))
    promotion = freed(day, waiting)
    assert promotion.granted == (wish(1),)
    assert promotion.waiting.wishes == (wish(2),)
    assert day.order(1) == {"B": 1}
    assert (promotion.events[0].kind, promotion.events[0].message_id) == (EventKind.PROMOTE, "w1")


def test_only_whole_wishes_are_booked_and_smaller_ones_pass() -> None:
    day = sold_out()
    day.say(9, drop("B"), add("B", 3))
    promotion = freed(day, listed(wish(1, 3), wish(2, 1), wish(3, 1), wish(4, 1)))
    assert [one.member for one in promotion.granted] == [2, 3]
    assert [one.member for one in promotion.waiting.wishes] == [1, 4]
    assert day.order(1) == {}


def test_nobody_is_promoted_after_the_cutoff_or_beyond_the_limit() -> None:
    day = Day()
    day.say(1, add("D", 2))
    waiting = listed(wish(1, sku="D"), wish(2, sku="D"))
    assert [one.member for one in freed(day, waiting).granted] == [2]
    day.groupbuy = gb.close(MARKET)
    assert freed(day, listed(wish(3, sku="D"))).events == ()


def test_an_accepted_order_removes_the_wish() -> None:
    day = Day()
    waiting = listed(wish(1), wish(2), wish(1, sku="D"))
    events = day.say(1, add("B", 1)).events
    assert settle(waiting, events).wishes == (wish(2), wish(1, sku="D"))
    assert settle(waiting, day.say(1, drop("B")).events) == waiting


@given(
    messages(),
    st.lists(st.builds(wish, st.integers(1, 8), st.integers(1, 4), st.sampled_from("BD")), max_size=10),
    st.integers(0, 6),
)
def test_promotion_never_oversells_and_grants_whole_wishes(
    talk: list[Said], wishes: list[Wish], more: int
) -> None:
    day = played(talk)
    day.groupbuy = gb.add_stock(MARKET, "B", more)
    waiting = listed(*wishes)
    before = day.book
    promotion = freed(day, waiting)
    for sku in ("B", "D"):
        assert day.book.sold(sku) <= (day.groupbuy.catalogue[sku].stock or 0)
    for one in promotion.granted:
        got = day.book.quantity(one.member, one.sku) - before.quantity(one.member, one.sku)
        assert got == one.quantity
    assert sorted(map(str, (*promotion.granted, *promotion.waiting.wishes))) == sorted(
        map(str, waiting.wishes)
    )
    assert freed(day, promotion.waiting).events == ()
