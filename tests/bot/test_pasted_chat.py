"""Copied chats and lists, in the forms in which messengers give them."""

import pytest

from bot.pasted_chat import PastedMessage, split

TWO = [("王姐", "南瓜两个"), ("豆豆妈", "+1")]


def pairs(text: str) -> list[tuple[str, str]]:
    return [(message.name, message.text) for message in split(text)]


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
    assert split(text) == (PastedMessage(name="", text=text),)


def test_a_list_within_a_log_stays_whole() -> None:
    said = "#接龙\n周末团\n\n1. 王姐 南瓜2个\n2. 小林: 鸡蛋1板"
    assert pairs(f"王姐 10:23\n{said}\n\n豆豆妈 10:24\n我也要") == [("王姐", said), ("豆豆妈", "我也要")]


def test_lines_without_a_name_belong_to_the_one_before() -> None:
    assert pairs("王姐: 南瓜两个\n再来鸡蛋\n豆豆妈: +1") == [("王姐", "南瓜两个\n再来鸡蛋"), ("豆豆妈", "+1")]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "南瓜两个", "大家好\n今天截单了", "10:23", "———— 2026-03-04 ————"]
)
def test_what_names_nobody_is_nothing(text: str) -> None:
    assert split(text) == ()


def test_a_time_in_a_sentence_is_no_heading() -> None:
    said = "截单改成 20:00 吧"
    assert pairs(f"王姐 10:23\n{said}\n豆豆妈 10:24\n好") == [("王姐", said), ("豆豆妈", "好")]
    assert pairs(f"王姐: 南瓜两个\n{said}") == [("王姐", f"南瓜两个\n{said}")]


@pytest.mark.parametrize("line", ["a " * 50_000 + ":", "-" * 100_000 + "x", "王姐" + " " * 100_000 + "x"])
def test_long_lines_take_no_time(line: str) -> None:
    assert split(f"{line}\n王姐: 好")[-1] == PastedMessage(name="王姐", text="好")
