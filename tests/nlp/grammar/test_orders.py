"""Orders in the forms in which people write them."""

from dataclasses import replace

import pytest

from bot.understanding import Booked, Focus, Intent, UnclearReason
from tests.nlp.grammar.shop import booked, catalogue, reading


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("墨汁两瓶", ["add E 2"]),
        ("来3瓶墨汁", ["add E 3"]),
        ("墨汁+2", ["add E 2"]),
        ("E*2", ["add E 2"]),
        ("e x3 f1", ["add E 3", "add F 1"]),
        ("来瓶墨汁", ["add E 1"]),
        ("墨汁我要", ["add E 1"]),
        ("小号笔记本三本", ["add B 3"]),
        ("笔记本 大的 两本", ["add A 2"]),
        ("本子大号1小号2", ["add A 1", "add B 2"]),
        ("磨汁一瓶", ["add E 1"]),
        ("mozhi 2瓶", ["add E 2"]),
        ("乌龙茶6斤", ["add C 3"]),
        ("乌龙两公斤", ["add C 2"]),
        ("墨汁一打", ["add E 12"]),
        ("墨汁一瓶,毛笔两盒", ["add E 1", "add F 2"]),
        ("墨汁和毛笔各来一份", ["add E 1", "add F 1"]),
        ("两种笔记本一样一本", ["add A 1", "add B 1"]),
        ("除了花茶其他每样来一份", ["add A 1", "add B 1", "add C 1", "add E 1", "add F 1"]),
        ("帮对门的张老师带一瓶墨汁", ["add E 1"]),
        ("还有的话给我留两瓶墨汁", ["add E 2"]),
        ("墨汁黑不黑?黑不黑都来一瓶", ["add E 1"]),
        ("能不能帮我记两瓶墨汁", ["add E 2"]),
        ("俺要俩罐花茶", ["add D 2"]),
        ("唔该 花茶要一罐", ["add D 1"]),
    ],
)
def test_adds(text: str, changes: list[str]) -> None:
    assert booked(text) == changes
    assert reading(text).intent is Intent.ORDER


@pytest.mark.parametrize(
    ("text", "changes", "intent"),
    [
        ("墨汁改成五瓶", ["set E 5"], Intent.AMEND),
        ("墨汁一共要4瓶", ["set E 4"], Intent.AMEND),
        ("墨汁少一瓶", ["subtract E 1"], Intent.AMEND),
        ("减两瓶墨汁", ["subtract E 2"], Intent.AMEND),
        ("墨汁换成花茶", ["swap E>D"], Intent.AMEND),
        ("墨汁1瓶换花茶", ["swap E 1>D"], Intent.AMEND),
        ("墨汁换成花茶 一罐", ["swap E>D 1"], Intent.AMEND),
        ("大号换小号", ["swap A>B"], Intent.AMEND),
        ("不对 是三瓶", ["set E 3"], Intent.AMEND),
        ("墨汁不是一瓶 是三瓶", ["set E 3"], Intent.AMEND),
        ("墨汁不要了,笔记本大号改成2本", ["drop E", "set A 2"], Intent.AMEND),
        ("墨汁不要了", ["drop E"], Intent.CANCEL),
        ("全部取消", ["drop_all "], Intent.CANCEL),
        ("除了墨汁其他都不要了", ["drop A"], Intent.CANCEL),
        ("墨汁减一半", ["subtract E 2"], Intent.AMEND),
    ],
)
def test_changes_of_what_was_ordered(text: str, changes: list[str], intent: Intent) -> None:
    last = Booked(message_id="1", member=1, lines={"E": 4})
    held = {"E": 4} if intent is Intent.CANCEL and "其他" not in text else {"E": 4, "A": 1}
    assert booked(text, own_order=held, own_last=last) == changes
    assert reading(text, own_order=held, own_last=last).intent is intent


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("笔记本两本", UnclearReason.SPEC),
        ("乌龙茶3斤", UnclearReason.WEIGHT),
        ("墨汁半瓶", UnclearReason.HALF),
        ("毛笔要5支", UnclearReason.UNIT),
        ("花茶要两斤", UnclearReason.WEIGHT),
    ],
)
def test_asks_back_and_books_nothing(text: str, reason: UnclearReason) -> None:
    found = reading(text)
    assert not found.changes
    assert [one.reason for one in found.unclear] == [reason]


def test_books_the_clear_item_and_asks_about_the_other() -> None:
    found = reading("墨汁一瓶 笔记本一本")
    assert booked("墨汁一瓶 笔记本一本") == ["add E 1"]
    assert [choice.changes[0].sku for choice in found.unclear[0].choices] == ["A", "B"]


@pytest.mark.parametrize(
    "text",
    [
        "墨汁多少钱一瓶",
        "上周那两瓶墨汁真黑",
        "我昨天买了3瓶墨汁",
        "要是便宜我就买十瓶墨汁",
        "有人跟我拼一袋乌龙茶吗",
        "墨汁有两瓶的吗",
        "乌龙茶泡3遍还有味",
        "我家孩子三岁 天天拿毛笔画墙",
        "2号楼电梯坏了",
        "墨汁厂里还有两瓶",
        "楼下文具店墨汁12一瓶",
        "花茶我喝不惯",
        "用100积分换瓶墨汁",
        "他家墨汁一瓶要二十",
        "一天喝两罐花茶睡不着",
    ],
)
def test_talk_orders_nothing(text: str) -> None:
    found = reading(text, focus=Focus(skus=("E",)))
    assert not found.changes
    assert not found.unclear


def test_every_change_knows_its_characters() -> None:
    text = "团长好 墨汁来两瓶"
    (change,) = reading(text).changes
    assert [text[start:end] for start, end in change.spans] == ["墨汁", "两瓶"]


def test_spans_are_characters_of_the_original() -> None:
    text = "墨汁２️⃣瓶"
    (change,) = reading(text).changes
    assert text[change.spans[0][0] : change.spans[0][1]] == "墨汁"


def test_evidence_is_told_step_by_step() -> None:
    steps = reading("上周那两瓶墨汁真黑").steps
    assert any(step.rule == "evidence" and "past" in step.note for step in steps)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("墨汁2瓶送到5号楼", ["add E 2"]),
        ("墨汁来一瓶大的", ["add E 1"]),
        ("毛笔24支", ["add F 2"]),
        ("毛笔5支", []),
    ],
)
def test_where_it_goes_how_it_should_be_and_pieces_of_a_unit(text: str, changes: list[str]) -> None:
    shop = catalogue()
    with_pieces = shop.replace(replace(shop["F"], spec="", pieces=12))
    assert booked(text, catalogue=with_pieces) == changes
