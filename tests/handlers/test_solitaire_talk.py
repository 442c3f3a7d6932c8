"""Solitaire lists: rows booked for their names, lost rows kept, one answer for a list."""

from collections.abc import Sequence

from bot.understanding import (
    Choice,
    Command,
    Intent,
    RowChange,
    RowEvent,
    SolitaireList,
    SolitaireReading,
    SolitaireRow,
    Unclear,
    UnclearReason,
    Understanding,
)
from handlers.solitaire import list_text
from shop.changes import Change
from shop.review import ReviewKind
from tests.handlers.talking import LEADER, ROOM, Talk, add, drop, meaning, set_to

WHICH_BOX = Unclear(
    reason=UnclearReason.SPEC,
    span=(0, 2),
    text="苹果",
    choices=(
        Choice(label="大箱", changes=(set_to("A", 1),)),
        Choice(label="小箱", changes=(set_to("B", 1),)),
    ),
)


def row(
    name: str,
    *changes: Change,
    kind: RowChange = RowChange.ADDED,
    unclear: Sequence[Unclear] = (),
    before: str = "",
    after: str = "内容",
) -> RowEvent:
    return RowEvent(kind=kind, name=name, changes=changes, unclear=tuple(unclear), before=before, after=after)


def a_list(*rows: RowEvent, lines: Sequence[tuple[str, str]] = ()) -> Understanding:
    """A list with these events; `lines` are the names and contents that are in force."""
    kept = tuple(SolitaireRow(name=name, content=content, span=(0, 0)) for name, content in lines)
    merged = SolitaireList(header="#接龙 水果", rows=kept)
    reading = SolitaireReading(current=merged, events=rows, merged=merged)
    return meaning(Intent.ORDER, solitaire=reading)


async def versions(talk: Talk) -> list[SolitaireList]:
    group_buy = await talk.group_buy()
    async with talk.database.unit_of_work() as store:
        return list(await store.solitaires.recent(group_buy.id))


async def test_every_row_is_booked_for_its_name_with_one_answer(talk: Talk) -> None:
    said = await talk.says("王姐", "#接龙…", a_list(row("李哥", set_to("D", 2)), row("王姐", set_to("A", 1))))
    assert said == ["接龙记好啦：李哥 草莓 ×2(共50元)；王姐 苹果大箱 ×1(共59.9元)。"]
    assert await talk.order_of("李哥") == {"D": 2}
    assert await talk.order_of("王姐") == {"A": 1}


async def test_the_own_row_alone_is_answered_like_an_order(talk: Talk) -> None:
    said = await talk.says("王姐", "#接龙…", a_list(row("王姐", set_to("D", 2))))
    assert said == ["记好啦：草莓 ×2，合计50元。"]


async def test_the_own_row_is_known_without_its_emoji(talk: Talk) -> None:
    await talk.says("🌸静静🌸", "#接龙…", a_list(row("静静", set_to("D", 1))))
    assert await talk.order_of("🌸静静🌸") == {"D": 1}


async def test_a_member_named_in_a_row_is_the_one_who_speaks_later(talk: Talk) -> None:
    await talk.says("王姐", "#接龙…", a_list(row("李哥", set_to("D", 2))))
    await talk.orders("李哥", add("A", 1))
    assert await talk.order_of("李哥") == {"A": 1, "D": 2}


async def test_a_list_that_changes_nothing_gets_silence(talk: Talk) -> None:
    await talk.says("王姐", "#接龙…", a_list(row("王姐", set_to("D", 1))))
    same = row("王姐", kind=RowChange.SAME)
    stale = row("李哥", kind=RowChange.STALE)
    assert await talk.says("李哥", "#接龙…", a_list(same, stale)) == []
    assert await talk.says("李哥", "#接龙…", a_list()) == []


async def test_the_version_in_force_is_kept_under_the_message(talk: Talk) -> None:
    await talk.says(
        "王姐", "#接龙…", a_list(row("王姐", set_to("D", 1)), lines=[("王姐", "草莓1")]), key="list1"
    )
    (kept,) = await versions(talk)
    assert (kept.message_id, kept.sender, kept.rows[0].content) == ("list1", "王姐", "草莓1")


async def test_a_row_removed_by_its_owner_is_cancelled(talk: Talk) -> None:
    await talk.says("王姐", "#接龙…", a_list(row("王姐", set_to("D", 1))))
    gone = row("王姐", drop("D"), kind=RowChange.REMOVED_BY_OWNER, before="草莓1", after="")
    assert await talk.says("王姐", "#接龙…", a_list(gone)) == ["已取消草莓 ×1，你现在没有订单了。"]


async def test_a_lost_row_stays_and_the_leader_gets_the_merged_list(talk: Talk) -> None:
    await talk.says("王姐", "#接龙…", a_list(row("王姐", set_to("D", 1))))
    lost = row("王姐", kind=RowChange.LOST, before="草莓1", after="")
    merged = [("李哥", "苹果大箱1"), ("王姐", "草莓1")]
    booked, told = await talk.replies(
        "李哥", "#接龙…", a_list(lost, row("李哥", set_to("A", 1)), lines=merged)
    )
    assert booked.to == "李哥"
    assert told.to == LEADER
    assert told.text == (
        "接龙里漏了王姐，单都还在，没动。接着这份往下接：\n#接龙 水果\n1. 李哥 苹果大箱1\n2. 王姐 草莓1"
    )
    assert await talk.order_of("王姐") == {"D": 1}


def test_a_list_to_copy_is_marked_as_one() -> None:
    assert list_text(SolitaireList(header="周五水果", rows=())) == "#接龙\n周五水果"
    assert list_text(SolitaireList(header="#接龙\n周五水果", rows=())) == "#接龙\n周五水果"
    assert list_text(SolitaireList(header="", rows=())) == "#接龙"


async def test_a_row_that_somebody_else_changed_is_told_to_the_leader(talk: Talk) -> None:
    await talk.says("王姐", "#接龙…", a_list(row("王姐", set_to("D", 1))))
    changed = row("王姐", set_to("D", 3), kind=RowChange.CHANGED_BY_OTHER, before="草莓1", after="草莓3")
    _, told = await talk.replies("李哥", "#接龙…", a_list(changed))
    assert (told.to, told.text) == (LEADER, "李哥改了王姐那一行：草莓1 → 草莓3")
    assert [item.kind for item in await talk.reviews()] == [ReviewKind.OVERWRITTEN]


async def test_a_tidied_row_that_reads_as_the_order_does_nothing(talk: Talk) -> None:
    await talk.orders("王姐", add("D", 2))
    tidied = row("王姐", set_to("D", 2), kind=RowChange.CHANGED_BY_OTHER, before="草莓", after="草莓2盒")
    assert await talk.says(LEADER, "#接龙…", a_list(tidied)) == []


async def test_rows_over_stock_are_refused_by_name(talk: Talk) -> None:
    (text,) = await talk.says(
        "王姐", "#接龙…", a_list(row("李哥", set_to("C", 3)), row("老张", set_to("C", 2)))
    )
    assert text.splitlines()[0] == "接龙记好啦：李哥 香梨 ×3(共136.5元)。"
    assert text.splitlines()[1].startswith("老张：香梨只剩1箱")
    assert await talk.order_of("老张") == {}


async def test_an_unclear_own_row_is_asked_back(talk: Talk) -> None:
    (text,) = await talk.says("王姐", "#接龙…", a_list(row("王姐", unclear=[WHICH_BOX], after="苹果1")))
    assert text == "苹果要哪一种？ 1.大箱 2.小箱"
    await talk.says("王姐", "嗯")
    assert talk.was_open() is not None


async def test_an_unclear_row_of_another_is_not_the_senders_to_explain(talk: Talk) -> None:
    (text,) = await talk.says("王姐", "#接龙…", a_list(row("李哥", unclear=[WHICH_BOX], after="苹果1")))
    assert text == "李哥那行“苹果”没看明白，请李哥说一下要哪个、几份~"
    await talk.says("王姐", "嗯")
    assert talk.was_open() is None
    assert [item.text for item in await talk.reviews()] == ["李哥 苹果1"]


async def test_after_the_cutoff_new_rows_are_refused_and_new_again_later(talk: Talk) -> None:
    await talk.leads("截单", Command.CLOSE)
    (text,) = await talk.says("王姐", "#接龙…", a_list(row("王姐", set_to("D", 1), after="草莓1")))
    assert text == "已经截单啦，接龙里新改的先没记(王姐)，转给团长看看能不能加~"
    assert await talk.order_of("王姐") == {}
    assert await versions(talk) == []
    assert [item.text for item in await talk.reviews()] == ["王姐 草莓1"]
    assert await talk.says("王姐", "#接龙…", a_list(row("王姐", kind=RowChange.SAME))) == []


async def test_a_long_list_is_answered_shortly(talk: Talk) -> None:
    rows = [row(f"邻居{number}", set_to("D", 1)) for number in range(100)]
    (text,) = await talk.says("王姐", "#接龙…", a_list(*rows))
    assert text.endswith("等100人。")
    assert len(text) < 250
    assert (await talk.book()).sold("D") == 100
    assert await talk.sums_hold()


async def test_without_a_group_buy_a_list_gets_silence(empty_room: Talk) -> None:
    assert await empty_room.says("王姐", "#接龙…", a_list(row("王姐", set_to("D", 1)))) == []


async def test_names_of_a_list_that_are_known_make_nobody_new(talk: Talk) -> None:
    await talk.orders("李哥", add("A", 1))
    await talk.says("🌸静静🌸", "早")
    rows = [row("李哥", set_to("D", 1)), row("静静", set_to("D", 1)), row("新来的", set_to("D", 1))]
    await talk.says("王姐", "#接龙…", a_list(*rows))
    assert await talk.order_of("李哥") == {"A": 1, "D": 1}
    assert await talk.order_of("🌸静静🌸") == {"D": 1}
    async with talk.database.unit_of_work() as store:
        names = [member.name for member in await store.members.of_room((await store.rooms.seen(ROOM)).id)]
    assert sorted(names) == sorted([LEADER, "李哥", "🌸静静🌸", "王姐", "新来的"])
