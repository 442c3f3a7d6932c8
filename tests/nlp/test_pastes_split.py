"""Copied chats and lists, in the forms in which messengers give them."""

import pytest

from bot.understanding import PastedMessage, PasteKind
from nlp.pastes import split

TWO = [("王姐", "南瓜两个"), ("豆豆妈", "+1")]


def pairs(text: str) -> list[tuple[str, str]]:
    return [(message.name, message.text) for message in split(text).messages]


@pytest.mark.parametrize(
    "text",
    [
        "王姐: 南瓜两个\n豆豆妈: +1",
        "王姐\uff1a南瓜两个\r\n豆豆妈\uff1a+1\r\n",
        "王姐 10:23\n南瓜两个\n豆豆妈 10:24\n+1",
        "王姐 2026/3/4 10:23:11\n南瓜两个\n\n豆豆妈 2026-03-04 10:24\n+1\n",
        "王姐  昨天 下午 3:05\n\n南瓜两个\n\n豆豆妈  星期三 15:06\n\n+1",
        "王姐 3月4日 10:23\n南瓜两个\n豆豆妈 3月4日 10:24\n+1",
        "———— 2026-03-04 ————\n\n王姐  10:23\n南瓜两个\n\n———— 2026-03-05 ————\n豆豆妈  08:00\n+1",
        "王姐:\n南瓜两个\n\n豆豆妈:\n+1",
    ],
)
def test_forms_of_logs(text: str) -> None:
    assert pairs(text) == TWO


@pytest.mark.parametrize(
    "text",
    [
        "#接龙\n周末团\n1. 王姐 南瓜2个\n2. 豆豆妈 鸡蛋1板",
        "周末团 南瓜6元\n1、王姐 2个\n2、豆豆妈 1个\n3、小林 备注: 要老的",
        "#接龙\n1. 王姐: 南瓜2个\n2. 豆豆妈: 鸡蛋1板",
    ],
)
def test_a_list_is_one_message(text: str) -> None:
    (message,) = split(text).messages
    assert message == PastedMessage(name="", text=text if text.startswith("#") else f"#接龙\n{text}")


def test_a_list_within_a_log_stays_whole() -> None:
    said = "#接龙\n周末团\n\n1. 王姐 南瓜2个\n2. 小林: 鸡蛋1板"
    assert pairs(f"王姐 10:23\n{said}\n\n豆豆妈 10:24\n我也要") == [("王姐", said), ("豆豆妈", "我也要")]


def test_lines_without_a_name_belong_to_the_one_before() -> None:
    assert pairs("王姐: 南瓜两个\n再来鸡蛋\n豆豆妈: +1") == [("王姐", "南瓜两个\n再来鸡蛋"), ("豆豆妈", "+1")]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "南瓜两个", "大家好\n今天截单了", "10:23", "———— 2026-03-04 ————"]
)
def test_what_names_nobody_is_nothing(text: str) -> None:
    assert split(text).messages == ()


def test_a_time_in_a_sentence_is_no_heading() -> None:
    said = "截单改成 20:00 吧"
    assert pairs(f"王姐 10:23\n{said}\n豆豆妈 10:24\n好") == [("王姐", said), ("豆豆妈", "好")]
    assert pairs(f"王姐: 南瓜两个\n{said}") == [("王姐", f"南瓜两个\n{said}")]


@pytest.mark.parametrize("line", ["a " * 50_000 + ":", "-" * 100_000 + "x", "王姐" + " " * 100_000 + "x"])
def test_long_lines_take_no_time(line: str) -> None:
    assert split(f"{line}\n王姐: 好").messages[-1] == PastedMessage(name="王姐", text="好")


@pytest.mark.parametrize(
    "said",
    [
        "王姐: 南瓜两个\n豆豆妈: +1",
        "王姐 10:23\n南瓜两个\n豆豆妈 10:24\n+1",
        "王姐:\n南瓜两个\n\n豆豆妈:\n+1",
        "下单人,商品\n王姐,南瓜两个\n豆豆妈,+1",
    ],
)
@pytest.mark.parametrize("head", ["周末团\n南瓜 6元/个\n鸡蛋 20元/板", "南瓜\uff1a6元/个\n鸡蛋\uff1a20元/板"])
def test_goods_with_prices_may_stand_above(head: str, said: str) -> None:
    pieces = split(f"{head}\n{said}")
    assert pieces.head == head
    assert [(message.name, message.text) for message in pieces.messages] == TWO


def test_goods_with_prices_may_stand_above_a_list() -> None:
    head, rows = "南瓜 6元/个\n鸡蛋 20元/板\n", "#接龙\n1. 王姐 南瓜2个"
    pieces = split(head + rows)
    assert pieces.kind is PasteKind.LIST
    assert pieces.messages == (PastedMessage(name="", text=rows),)
    assert pieces.head == f"{head}#接龙"


def test_a_price_list_that_is_numbered_is_no_row() -> None:
    pieces = split("#接龙\n1. 南瓜 6元/个\n2. 鸡蛋 20元/板\n\n1. 王姐 南瓜2个")
    assert pieces.head == "#接龙\n1. 南瓜 6元/个\n2. 鸡蛋 20元/板\n"


@pytest.mark.parametrize(
    "text",
    [
        "跟团号\t下单人\t商品\t订单金额\n1\t王姐\t南瓜两个\t12\n\n2\t豆豆妈\t+1\t6\n",
        "\ufeff下单人,团员备注,商品\n王姐,,南瓜两个\n豆豆妈,放门口,'+1'\n,,合计\n".replace("'+1'", "+1"),
    ],
)
def test_an_order_sheet_is_read_by_its_titles(text: str) -> None:
    assert split(text).kind is PasteKind.SHEET
    assert pairs(text) == TWO


def test_an_order_of_a_sheet_in_several_columns() -> None:
    text = "姓名\t品名\t规格\t数量\n王姐\t南瓜\t大\t2\n小林\t鸡蛋;南瓜\t\t\n"
    assert pairs(text) == [("王姐", "南瓜 大 ×2"), ("小林", "鸡蛋，南瓜")]
