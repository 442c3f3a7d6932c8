"""Solitaire lists: what is read, and what every change of a list does."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Role, Roster, RosterEntry
from bot.understanding import RowChange, RowEvent, Situation, SolitaireList, SolitaireReading
from nlp import solitaire
from nlp.grammar.rows import read_row
from nlp.lexicon import Lexicon
from shop.catalogue import Catalogue, Sku
from shop.changes import ChangeKind
from shop.money import Fen

NOW = datetime(2026, 3, 4, 11, tzinfo=UTC)
GOODS = Catalogue(
    skus=(
        Sku(code="A", name="冬枣", spec="5斤", aliases=("枣",), unit="箱", price=Fen(3900)),
        Sku(code="B", name="核桃", aliases=(), unit="袋", price=Fen(2900)),
        Sku(code="C", name="红薯", spec="大", unit="份", price=Fen(1500)),
        Sku(code="D", name="红薯", spec="小", unit="份", price=Fen(1200)),
    )
)
HEAD = "#接龙\n周五到货 3号门取\n"


@dataclass
class Room:
    """A room in which lists follow each other; `say` gives what the newest one does."""

    names: tuple[str, ...] = ("阿明", "小雨妈", "2-301老吴")
    lists: tuple[SolitaireList, ...] = ()
    roles: dict[str, Role] = field(default_factory=dict)
    orders: dict[str, dict[str, int]] = field(default_factory=dict)

    def say(self, sender: str, text: str, roster: Roster | None = None) -> SolitaireReading:
        situation = Situation(
            now=NOW,
            catalogue=GOODS,
            role=self.roles.get(sender, Role.MEMBER),
            sender_name=sender,
            member_names=self.names,
            own_order=self.orders.get(sender, {}),
            lists=self.lists,
            roster=roster,
        )
        reading = solitaire.read(text, Lexicon.of(GOODS), situation, read_row)
        assert reading is not None
        assert reading.merged is not None
        self.lists = (replace(reading.merged, message_id=f"m{len(self.lists)}"), *self.lists)
        return reading

    def rows(self, sender: str, *rows: str) -> SolitaireReading:
        return self.say(sender, HEAD + "\n".join(f"{number}. {row}" for number, row in enumerate(rows, 1)))


def told(reading: SolitaireReading) -> dict[str, RowChange]:
    return {event.name: event.kind for event in reading.events}


def wished(event: RowEvent) -> dict[str, int | None]:
    """Units by SKU; None for goods that are dropped."""
    return {one.sku: one.quantity if one.kind is ChangeKind.SET else None for one in event.changes}


def read(text: str, names: Sequence[str] = ("阿明", "小雨妈", "2-301老吴")) -> dict[str, str]:
    """The contents of a list's rows by name."""
    reading = Room(names=tuple(names)).say("群友", text)
    return {row.name: row.content for row in reading.current.rows}


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


def test_a_new_row_sets_its_names_order() -> None:
    room = Room()
    room.rows("阿明", "阿明 冬枣1")
    reading = room.rows("小雨妈", "阿明 冬枣1", "小雨妈 核桃2")
    assert told(reading) == {"小雨妈": RowChange.ADDED}
    assert wished(reading.events[0]) == {"B": 2}


def test_a_changed_row_sets_all_and_drops_what_it_no_longer_holds() -> None:
    room = Room()
    room.rows("阿明", "阿明 冬枣2箱 核桃1袋")
    reading = room.rows("阿明", "阿明 冬枣1箱 红薯大1份")
    assert told(reading) == {"阿明": RowChange.CHANGED_BY_OWNER}
    assert wished(reading.events[0]) == {"A": 1, "C": 1, "B": None}


@pytest.mark.parametrize("row", ["阿明", "阿明 不要了", "阿明 取消"])
def test_an_emptied_row_cancels(row: str) -> None:
    room = Room(orders={"阿明": {"A": 2}})
    room.rows("阿明", "阿明 冬枣2箱", "小雨妈 核桃1")
    reading = room.rows("阿明", row, "小雨妈 核桃1")
    assert told(reading) == {"阿明": RowChange.REMOVED_BY_OWNER}
    assert wished(reading.events[0]) == {"A": None}


def test_a_row_taken_out_by_its_owner_cancels_and_stays_out() -> None:
    room = Room(orders={"阿明": {"A": 2}})
    room.rows("阿明", "阿明 冬枣2箱", "小雨妈 核桃1")
    reading = room.rows("阿明", "小雨妈 核桃1")
    assert told(reading) == {"阿明": RowChange.REMOVED_BY_OWNER}
    assert wished(reading.events[0]) == {"A": None}
    assert told(room.rows("小雨妈", "小雨妈 核桃2")) == {"小雨妈": RowChange.CHANGED_BY_OWNER}


def test_what_was_cancelled_in_chat_is_not_dropped_again() -> None:
    room = Room(orders={"阿明": {}})
    room.rows("阿明", "阿明 冬枣2箱", "小雨妈 核桃1")
    assert room.rows("阿明", "小雨妈 核桃1").events[0].changes == ()


def test_a_row_lost_by_an_old_copy_stays_in_force_and_is_told_once() -> None:
    room = Room()
    room.rows("阿明", "阿明 冬枣1")
    room.rows("小雨妈", "阿明 冬枣1", "小雨妈 核桃1")
    lost = room.rows("2-301老吴", "阿明 冬枣1", "2-301老吴 核桃2")
    assert told(lost) == {"2-301老吴": RowChange.ADDED, "小雨妈": RowChange.LOST}
    assert lost.merged is not None
    assert {row.name: row.number for row in lost.merged.rows} == {"阿明": 1, "2-301老吴": 2, "小雨妈": 0}
    again = room.rows("大个", "阿明 冬枣1", "2-301老吴 核桃2", "大个 核桃1")
    assert told(again) == {"大个": RowChange.ADDED}
    back = room.rows("阿明", "阿明 冬枣1", "2-301老吴 核桃2", "大个 核桃1", "小雨妈 核桃1")
    assert told(back) == {}


def test_whose_own_row_was_lost_does_not_cancel_by_sending_that_list_on() -> None:
    room = Room(orders={"小雨妈": {"B": 1}})
    room.rows("阿明", "阿明 冬枣1")
    room.rows("小雨妈", "阿明 冬枣1", "小雨妈 核桃1")
    room.rows("2-301老吴", "阿明 冬枣1", "2-301老吴 核桃2")
    reading = room.rows("小雨妈", "阿明 冬枣1", "2-301老吴 核桃2", "楼上王奶奶 核桃1")
    assert told(reading) == {"楼上王奶奶": RowChange.ADDED}


def test_a_stale_row_undoes_nothing() -> None:
    room = Room()
    room.rows("阿明", "阿明 冬枣1", "小雨妈 核桃1")
    room.rows("阿明", "阿明 冬枣3", "小雨妈 核桃1")
    reading = room.rows("2-301老吴", "阿明 冬枣1", "小雨妈 核桃1", "2-301老吴 核桃2")
    assert told(reading) == {"阿明": RowChange.STALE, "2-301老吴": RowChange.ADDED}
    assert reading.events[0].changes == ()
    assert reading.ancestor == "m0"
    assert reading.merged is not None
    assert reading.merged.rows[0].content == "冬枣3"


def test_an_old_copy_does_not_bring_back_who_left() -> None:
    room = Room()
    room.rows("阿明", "阿明 冬枣1", "小雨妈 核桃1")
    room.rows("阿明", "小雨妈 核桃1")
    reading = room.rows("2-301老吴", "阿明 冬枣1", "小雨妈 核桃1", "2-301老吴 核桃2")
    assert told(reading) == {"阿明": RowChange.STALE, "2-301老吴": RowChange.ADDED}
    assert reading.merged is not None
    assert "阿明" not in {row.name for row in reading.merged.rows}


def test_a_copy_older_than_all_that_are_kept_changes_nobody_elses_row() -> None:
    room = Room()
    room.rows("阿明", "阿明 冬枣3", "小雨妈 核桃1")
    reading = room.rows("2-301老吴", "阿明 冬枣1", "2-301老吴 核桃2")
    assert told(reading) == {
        "阿明": RowChange.STALE,
        "2-301老吴": RowChange.ADDED,
        "小雨妈": RowChange.LOST,
    }


def test_one_may_go_back_to_what_one_had() -> None:
    room = Room()
    room.rows("阿明", "阿明 冬枣1", "小雨妈 核桃1")
    room.rows("阿明", "阿明 冬枣3", "小雨妈 核桃1")
    assert told(room.rows("阿明", "阿明 冬枣1", "小雨妈 核桃1")) == {"阿明": RowChange.CHANGED_BY_OWNER}


def test_a_tidied_typo_or_a_note_changes_nothing() -> None:
    room = Room(roles={"团长": Role.LEADER})
    room.rows("阿明", "阿明 冬枣俩箱", "小雨妈 核桃1")
    reading = room.rows("团长", "阿明 冬枣2箱", "小雨妈 核桃1(放门口)")
    assert set(told(reading).values()) == {RowChange.SAME}
    assert all(not event.changes for event in reading.events)


def test_what_somebody_else_changed_is_said_so() -> None:
    room = Room(roles={"团长": Role.LEADER})
    room.rows("阿明", "阿明 冬枣2箱")
    reading = room.rows("团长", "阿明 冬枣3箱")
    assert told(reading) == {"阿明": RowChange.CHANGED_BY_OTHER}
    assert wished(reading.events[0]) == {"A": 3}


def test_whoever_wrote_a_row_for_somebody_may_take_it_out() -> None:
    room = Room()
    room.rows("阿明", "阿明 冬枣1", "楼上王奶奶 核桃1")
    reading = room.rows("阿明", "阿明 冬枣1")
    assert told(reading) == {"楼上王奶奶": RowChange.REMOVED_BY_OWNER}


def test_an_unclear_row_is_asked_about_once() -> None:
    room = Room()
    reading = room.rows("阿明", "阿明 红薯2份")
    assert reading.events[0].unclear
    assert reading.events[0].changes == ()
    assert told(room.rows("小雨妈", "阿明 红薯2份", "小雨妈 核桃1")) == {"小雨妈": RowChange.ADDED}
    assert wished(room.rows("阿明", "阿明 红薯大2份", "小雨妈 核桃1").events[0]) == {"C": 2}


def test_a_list_sent_twice_does_nothing() -> None:
    room = Room()
    room.rows("阿明", "阿明 冬枣1", "小雨妈 核桃1")
    assert room.rows("阿明", "阿明 冬枣1", "小雨妈 核桃1").events == ()


def test_like_the_row_above() -> None:
    reading = Room().rows("阿明", "阿明 冬枣2箱", "小雨妈 同上")
    assert [wished(event) for event in reading.events] == [{"A": 2}, {"A": 2}]


def test_another_list_is_no_version_of_this_one() -> None:
    room = Room()
    room.say("阿明", "#接龙\n周五冬枣核桃\n1. 阿明 冬枣1")
    reading = room.say("小雨妈", "#接龙\n水电费代缴登记表格请填\n1. 小雨妈 核桃1")
    assert told(reading) == {"小雨妈": RowChange.ADDED}


def test_an_old_heading_does_not_replace_the_newer_one() -> None:
    room = Room()
    room.say("阿明", "#接龙\n周五到\n1. 阿明 冬枣1")
    room.say("阿明", "#接龙\n周五到 改在西门取\n1. 阿明 冬枣1")
    reading = room.say("小雨妈", "#接龙\n周五到\n1. 阿明 冬枣1\n2. 小雨妈 核桃1")
    assert reading.merged is not None
    assert reading.merged.header == "周五到 改在西门取"


LISTED = st.lists(
    st.tuples(
        st.sampled_from(["阿明", "小雨妈", "2-301老吴", "大个", "🌸"]),
        st.sampled_from(["冬枣1", "核桃2袋", "红薯2份", "", "不要了", "冬枣1 核桃1", "放门口"]),
    ),
    max_size=6,
    unique_by=lambda row: row[0],
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["阿明", "小雨妈", "大个"]), LISTED), min_size=1, max_size=6))
def test_every_row_in_force_is_on_the_merged_list(
    messages: list[tuple[str, list[tuple[str, str]]]],
) -> None:
    room = Room()
    in_force: dict[str, str] = {}
    for sender, rows in messages:
        reading = room.say(sender, HEAD + "\n".join(f"{n}. {a} {b}" for n, (a, b) in enumerate(rows, 1)))
        kinds = told(reading)
        sent = dict(rows)
        for name in {**in_force, **sent}:
            if kinds.get(name) is RowChange.REMOVED_BY_OWNER:
                in_force.pop(name, None)
            elif kinds.get(name) is not RowChange.STALE and sent.get(name):
                in_force[name] = sent[name]
        assert reading.merged is not None
        merged = {row.name: row.content for row in reading.merged.rows if row.content}
        assert {name: merged.get(name) for name in in_force} == in_force


@settings(deadline=None)
@given(st.text(st.sampled_from("#接龙12.、)①1️⃣ \n阿明小雨冬枣核桃箱袋例【】……+*3-"), max_size=120))
def test_no_text_is_too_strange(text: str) -> None:
    situation = Situation(now=NOW, catalogue=GOODS, sender_name="阿明", member_names=("阿明", "小雨妈"))
    reading = solitaire.read("#接龙\n" + text, Lexicon.of(GOODS), situation, read_row)
    if reading is not None:
        for row in reading.current.rows:
            assert ("#接龙\n" + text)[slice(*row.span)] == row.content


def test_like_the_row_above_is_written_where_it_says_so() -> None:
    text = HEAD + "1. 阿明 冬枣2箱 核桃1\n2. 小雨妈 同上"
    room = Room()
    reading = room.say("小雨妈", text)
    changes = next(event.changes for event in reading.events if event.name == "小雨妈")
    assert {text[slice(*span)] for change in changes for span in change.spans} == {"同上"}


def test_rows_taken_over_from_an_earlier_list_are_not_in_this_message() -> None:
    room = Room()
    room.rows("阿明", "阿明 冬枣1", "小雨妈 核桃2")
    text = HEAD + "1. 阿明 冬枣1"
    merged = room.say("阿明", text).merged
    assert merged is not None
    assert {row.name: text[slice(*row.span)] for row in merged.rows} == {"阿明": "冬枣1", "小雨妈": ""}
