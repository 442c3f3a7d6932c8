"""Solitaire lists as they are read: rows, names, numbers, headers, spans."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Roster, RosterEntry
from bot.understanding import RowChange, Situation
from nlp import solitaire
from nlp.grammar.rows import read_row
from nlp.lexicon import Lexicon
from tests.nlp.lists import GOODS, HEAD, NOW, Room, read, told, wished


@pytest.mark.parametrize(
    "mark", ["{}.", "{}、", "{})", "({})", "{}．", "{}:", "{} ", "{}️⃣", "{}️⃣ ", " {}. "], ids=str
)
def test_numbers_in_front_of_rows(mark: str) -> None:
    rows = [mark.format(number) + row for number, row in enumerate(("阿明 冬枣1", "2-301老吴 2箱"), 1)]
    assert read(HEAD + "\n".join(rows)) == {"阿明": "冬枣1", "2-301老吴": "2箱"}


def test_circled_and_full_width_numbers() -> None:
    assert read(HEAD + "①阿明 冬枣1\n２．小雨妈 核桃2") == {"阿明": "冬枣1", "小雨妈": "核桃2"}


@pytest.mark.parametrize(
    ("row", "name", "content"),
    [
        ("2-301老吴 冬枣2箱", "2-301老吴", "冬枣2箱"),
        ("阿明2", "阿明", "2"),
        ("阿明冬枣一箱", "阿明", "冬枣一箱"),
        ("小雨妈:核桃*2,冬枣*1", "小雨妈", "核桃*2,冬枣*1"),
        ("小雨妈🌸 核桃2", "小雨妈", "核桃2"),
        ("新来的 核桃2", "新来的", "核桃2"),
        ("新来的核桃2袋", "新来的", "核桃2袋"),
        ("6-102 小何 核桃2", "6-102 小何", "核桃2"),
        ("Ann Lee 核桃2", "Ann Lee", "核桃2"),
        ("枣树下的猫 核桃2", "枣树下的猫", "核桃2"),
        ("阿明", "阿明", ""),
        ("核桃2袋", "群友", "核桃2袋"),
    ],
)
def test_names_and_contents(row: str, name: str, content: str) -> None:
    assert read(f"{HEAD}1. {row}") == {name: content}


def test_a_name_without_its_room_is_known_where_it_is_nobody_elses() -> None:
    assert read(HEAD + "1. 老吴 核桃2") == {"2-301老吴": "核桃2"}
    assert read(HEAD + "1. 老吴 核桃2", ("2-301老吴", "5-102老吴")) == {"老吴": "核桃2"}


def test_a_longer_name_is_not_a_shorter_one() -> None:
    assert read(HEAD + "1. 阿明妈 核桃2") == {"阿明妈": "核桃2"}


def test_rows_of_several_lines_and_sub_headers() -> None:
    text = HEAD + "【1号楼】\n1. 阿明\n   冬枣2箱\n   核桃1袋\n\n【2号楼】\n2. 小雨妈 核桃1\n\n谢谢大家支持"
    assert read(text) == {"阿明": "冬枣2箱\n   核桃1袋", "小雨妈": "核桃1"}


def test_several_rows_of_one_person_add_up() -> None:
    reading = Room().rows("阿明", "阿明 冬枣1箱", "小雨妈 核桃1", "阿明 冬枣2箱 核桃1")
    assert wished(reading.events[0]) == {"A": 3, "B": 1}


@pytest.mark.parametrize(
    "head",
    [
        "#接龙\n例 1-101 小陈 冬枣2箱\n",
        "#接龙\n1. 冬枣 39元/箱\n2. 核桃 29一袋\n\n",
        "#接龙\n1、周五到货\n2、每人限3箱\n\n",
        "#接龙\n20:00截单 3.8日到\n",
        "#接龙\n1. 例:张三 冬枣1\n",
    ],
)
def test_what_stands_above_is_nobody(head: str) -> None:
    assert read(head + "1. 阿明 冬枣1\n2. 小雨妈 核桃1") == {"阿明": "冬枣1", "小雨妈": "核桃1"}


def test_gaps_in_numbers_and_folded_rows() -> None:
    room = Room()
    room.rows("阿明", "阿明 冬枣1", "小雨妈 核桃1")
    reading = room.say("2-301老吴", "#接龙 周五到货 3号门取\n1) 阿明 冬枣1\n……\n7) 2-301老吴 核桃1")
    assert told(reading) == {"2-301老吴": RowChange.ADDED}


def test_a_list_that_lost_its_line_breaks() -> None:
    rows = "1. 阿明 冬枣1 2. 小雨妈 核桃2 1.5斤也行 3.2-301老吴 核桃1"
    assert read("#接龙 周五 " + rows) == {"阿明": "冬枣1", "小雨妈": "核桃2 1.5斤也行", "2-301老吴": "核桃1"}


def test_a_quoted_copy_is_not_the_message() -> None:
    quoted = "「阿明:#接龙\n1. 阿明 冬枣1」\n- - - - - - - - - - - - - - -\n"
    situation = Situation(now=NOW, catalogue=GOODS, sender_name="小雨妈")
    assert not solitaire.is_list(quoted + "我也要", situation)
    assert solitaire.is_list(quoted + "#接龙\n1. 阿明 冬枣1\n2. 小雨妈 核桃1", situation)


@pytest.mark.parametrize(
    "text", ["接龙截止了", "我不会接龙", "1. 冬枣2箱\n2. 核桃1袋", "要的接龙", "", "#接龙怎么弄", "接龙"]
)
def test_talk_is_no_list(text: str) -> None:
    assert not solitaire.is_list(text, Situation(now=NOW, catalogue=GOODS, sender_name="阿明"))


def test_a_list_known_by_its_people() -> None:
    room = Room()
    room.rows("阿明", "阿明 冬枣1", "小雨妈 核桃1")
    reading = room.say("2-301老吴", "1. 阿明 冬枣1\n2. 小雨妈 核桃1\n3. 2-301老吴 核桃2")
    assert told(reading) == {"2-301老吴": RowChange.ADDED}


def test_spans_lead_to_the_message() -> None:
    text = HEAD + "1. 阿明 冬枣1箱\n2. 小雨妈 送3楼 核桃2袋"
    reading = Room().say("小雨妈", text)
    row = reading.current.rows[1]
    assert text[slice(*row.span)] == row.content
    (change,) = reading.events[1].changes
    assert "核桃" in "".join(text[slice(*span)] for span in change.spans)


def test_a_structured_roster_says_who_wrote_what() -> None:
    text = "#接龙\n周五🍠\n1. 阿明 冬枣1\n2. 1. 核桃2"
    units = text.encode("utf-16-le")

    def span(part: str) -> tuple[int, int]:
        start = units.index(part.encode("utf-16-le")) // 2
        return start, start + len(part.encode("utf-16-le")) // 2

    entries = (
        RosterEntry(sender_id="wx_1", span=span("阿明 冬枣1")),
        RosterEntry(sender_id="wx_2", span=span("2. 1. 核桃2")),
    )
    reading = Room().say("小雨妈", text, Roster(sid="s1", entries=entries))
    first, second = reading.current.rows
    assert (first.name, first.content, first.account_id) == ("阿明", "冬枣1", "wx_1")
    assert second.account_id == "wx_2"
    assert reading.current.sid == "s1"


def test_like_the_row_above_is_written_where_it_says_so() -> None:
    text = HEAD + "1. 阿明 冬枣2箱 核桃1\n2. 小雨妈 同上"
    room = Room()
    reading = room.say("小雨妈", text)
    changes = next(event.changes for event in reading.events if event.name == "小雨妈")
    assert {text[slice(*span)] for change in changes for span in change.spans} == {"同上"}


@settings(deadline=None)
@given(st.text(st.sampled_from("#接龙12.、)①1️⃣ \n阿明小雨冬枣核桃箱袋例【】……+*3-"), max_size=120))
def test_no_text_is_too_strange(text: str) -> None:
    situation = Situation(now=NOW, catalogue=GOODS, sender_name="阿明", member_names=("阿明", "小雨妈"))
    reading = solitaire.read("#接龙\n" + text, Lexicon.of(GOODS), situation, read_row)
    if reading is not None:
        for row in reading.current.rows:
            assert ("#接龙\n" + text)[slice(*row.span)] == row.content
