from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from shop.recommend import Basket, learn, rank


def basket(member: str, time: float, *items: str) -> Basket:
    return Basket(member=member, time=time, items=items)


TOWN = [
    basket("ann", 1, "tea", "rice"),
    basket("ann", 2, "tea"),
    basket("ann", 3, "tea", "soap"),
    basket("bob", 1, "milk", "eggs"),
    basket("cat", 1, "milk", "figs"),
    basket("cat", 2, "milk"),
    basket("dan", 1, "milk", "eggs"),
    basket("eve", 1, "milk", "salt"),
]


def test_own_repeats_come_first_and_own_items_before_others_of_little_sale() -> None:
    ranked = rank(TOWN, "ann", 9)
    assert ranked[0] == "tea"
    assert ranked.index("rice") < ranked.index("salt")
    assert ranked.index("milk") < ranked.index("eggs") < ranked.index("salt")


def test_a_stranger_gets_what_sells_most() -> None:
    assert rank(TOWN, "zoe", 2) == ("milk", "eggs")


def test_of_two_items_bought_once_the_later_one_leads() -> None:
    history = [
        basket("ann", 1, "rice"),
        basket("ann", 2, "soap"),
        basket("bob", 1, "soap"),
        basket("bob", 2, "rice"),
        basket("cat", 1, "rice"),
        basket("cat", 2, "soap"),
    ]
    assert rank(history, "ann", 1) == ("soap",)


def test_similar_members_lift_what_they_bought() -> None:
    friends = [basket(f"f{n}", 1, "clay", "glaze", "kiln") for n in range(3)]
    others = [basket(f"o{n}", 1, "milk", "nails") for n in range(3)]
    ranked = rank([*friends, *others, basket("ann", 1, "clay", "glaze")], "ann", 9)
    assert ranked.index("kiln") < ranked.index("nails")


def test_nobody_is_a_neighbour_of_oneself() -> None:
    strangers = [basket(f"s{n}", 1, "milk") for n in range(3)]
    assert rank([*strangers, basket("ann", 1, "clay")], "ann", 1) == ("milk",)


def test_items_that_are_bought_again_count_for_more_than_those_bought_once() -> None:
    loaf_and_jug = [basket(name, 1, "loaf", "jug") for name in ("ann", "bob", "cat")]
    recommender = learn([*loaf_and_jug, basket("bob", 2, "loaf"), basket("cat", 2, "loaf")])
    assert recommender.repeat["loaf"] > 1 > recommender.repeat["jug"]
    level = replace(recommender, popular={"jug": 1.0, "loaf": 1.0}, recent={})
    assert replace(level, postings={"jug": (), "loaf": ()}).rank("ann", 1) == ("loaf",)
    other_way = replace(level, postings={"jug": (), "loaf": ()}, repeat={"jug": 2.0, "loaf": 0.5})
    assert other_way.rank("ann", 1) == ("jug",)


def test_only_what_is_on_sale_is_recommended() -> None:
    assert rank(TOWN, "ann", 9, among={"salt", "rice", "plums"}) == ("rice", "salt")


def test_without_history_there_is_nothing_to_recommend() -> None:
    assert rank([], "ann", 5) == ()


def test_ties_go_by_sales_and_then_by_name() -> None:
    history = [basket("bob", 1, "b", "a", "c"), basket("cat", 1, "c")]
    assert rank(history, "zoe", 3) == ("c", "a", "b")


histories = st.lists(
    st.builds(
        Basket,
        member=st.sampled_from(["ann", "bob", "cat", "dan"]),
        time=st.integers(0, 9),
        items=st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=4).map(tuple),
    ),
    max_size=25,
)


@given(histories, st.integers(0, 10), st.none() | st.sets(st.sampled_from("abcdxyz")))
def test_a_ranking_is_the_head_of_the_whole_ranking(
    history: list[Basket], top: int, among: set[str] | None
) -> None:
    recommender = learn(history)
    sold = {item for one in history for item in one.items}
    whole = recommender.rank("ann", 99)
    assert set(whole) == sold
    assert len(whole) == len(sold)
    chosen = [item for item in whole if among is None or item in among]
    assert recommender.rank("ann", top, among) == tuple(chosen[:top])
