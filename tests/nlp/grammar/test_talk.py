"""What a message leaves to the talk around it: follow-ups, +1, answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import Booked, Choice, Focus, Pending, Unclear, UnclearReason
from shop.catalogue import Catalogue
from shop.changes import Change, ChangeKind
from tests.nlp.grammar.shop import booked, catalogue, reading


def _booked(**lines: int) -> Booked:
    return Booked(message_id="m1", member=2, lines=lines)


@pytest.mark.parametrize("text", ["来两瓶", "那就两瓶吧", "两瓶", "2瓶也行"])
def test_a_count_alone_is_of_what_the_sender_spoke_of(text: str) -> None:
    assert booked(text, focus=Focus(skus=("E",))) == ["add E 2"]


def test_a_count_alone_is_of_the_only_thing_on_sale() -> None:
    shop = Catalogue(skus=(catalogue()["E"],))
    assert booked("两瓶", catalogue=shop) == ["add E 2"]


@pytest.mark.parametrize("text", ["+1", "我也要", "加我一个", "我也+1"])
def test_me_too_takes_one_of_what_was_ordered_before(text: str) -> None:
    assert booked(text, recent=(_booked(E=3),)) == ["add E 1"]


@pytest.mark.parametrize("text", ["同上", "跟楼上一样", "same"])
def test_the_same_takes_the_whole_order_before(text: str) -> None:
    assert booked(text, recent=(_booked(E=3, D=1),)) == ["add E 3", "add D 1"]


def test_a_quote_comes_before_the_order_before() -> None:
    assert booked("+1", recent=(_booked(E=3),), quoted=_booked(D=2)) == ["add D 1"]


def test_me_too_after_several_things_is_asked_back() -> None:
    found = reading("+1", recent=(_booked(E=3, D=1),))
    assert not found.changes
    assert found.unclear[0].reason is UnclearReason.ITEM


def test_me_too_with_another_spec() -> None:
    assert booked("我也两本 要小号的", recent=(_booked(A=1),)) == ["add B 2"]


def test_me_too_after_nothing_is_talk() -> None:
    assert not booked("我也一样!")


def _pending() -> Pending:
    def choice(code: str) -> Choice:
        change = Change(kind=ChangeKind.ADD, sku=code, quantity=3)
        return Choice(label=catalogue()[code].label, changes=(change,))

    unclear = Unclear(reason=UnclearReason.SPEC, span=(0, 2), text="本子", choices=(choice("A"), choice("B")))
    return Pending(unclear=(unclear,), message_id="m1", member=1)


@pytest.mark.parametrize("text", ["2", "第二个", "小号", "小的", "小号的吧 孩子用", "B"])
def test_an_answer_completes_what_was_asked(text: str) -> None:
    found = reading(text, pending=_pending(), focus=Focus(skus=("A", "B")))
    assert [(change.sku, change.quantity) for change in found.changes] == [("B", 3)]
    assert found.answering


def test_an_answer_may_change_the_count() -> None:
    assert booked("小号 两本", pending=_pending()) == ["add B 2"]


def test_other_talk_answers_nothing() -> None:
    found = reading("今天好热", pending=_pending())
    assert not found.changes
    assert not found.answering


@given(st.text(max_size=200))
def test_never_raises_on_any_text(text: str) -> None:
    found = reading(text, own_order={"E": 2}, recent=(_booked(E=1),), focus=Focus(skus=("A", "B")))
    assert all(change.quantity is None or change.quantity > 0 for change in found.changes)


_PIECES = st.sampled_from(
    [
        "墨汁",
        "本子",
        "大号",
        "两瓶",
        "3",
        "换成",
        "不要了",
        "改成",
        "各",
        "+1",
        "同上",
        "一共",
        "除了",
        "其他",
        ",",
        "吗",
        "全部",
        "一半",
        "A",
        "E2",
        "是",
        "不是",
        "半",
        "斤",
    ]
)


@given(st.lists(_PIECES, max_size=12))
def test_never_raises_on_any_order_of_words(pieces: list[str]) -> None:
    found = reading("".join(pieces), own_order={"E": 2, "A": 1}, pending=_pending())
    assert all(change.sku or change.kind is ChangeKind.DROP_ALL for change in found.changes)
