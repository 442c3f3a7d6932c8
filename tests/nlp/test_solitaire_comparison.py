"""What every change of a solitaire list does, and whose doing it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Role
from bot.understanding import RowChange
from tests.nlp.lists import HEAD, Room, told, wished


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


def test_rows_taken_over_from_an_earlier_list_are_not_in_this_message() -> None:
    room = Room()
    room.rows("小雨妈", "小雨妈 核桃2")
    text = HEAD + "1. 阿明 冬枣1"
    merged = room.say("阿明", text).merged
    assert merged is not None
    assert {row.name: text[slice(*row.span)] for row in merged.rows} == {"阿明": "冬枣1", "小雨妈": ""}
