"""Talk without pauses, contrasts, counts by place: where a wish begins and what it leaves out."""

from dataclasses import replace

import pytest

from bot.understanding import Booked
from shop.catalogue import Catalogue
from tests.nlp.grammar.shop import booked, catalogue


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("我外孙学写字墨水不够用你给我来两瓶墨汁我寄给他", ["add E 2"]),
        ("来一本笔记本要大号的不要小号的", ["add A 1"]),
        ("墨汁书房一瓶客厅两瓶办公室一瓶", ["add E 1", "add E 2", "add E 1"]),
        ("A*2 d", ["add A 2", "add D 1"]),
        ("一样来一份吧 墨汁跟毛笔", ["add E 1", "add F 1"]),
        ("E不是 F+1", ["add F 1"]),
    ],
)
def test_adds(text: str, changes: list[str]) -> None:
    assert booked(text) == changes


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("墨汁不要了我儿子单位发了一箱", ["drop E"]),
        ("毛笔减一盒墨汁不减", ["subtract F 1"]),
        ("毛笔不要了墨汁留着", ["drop F"]),
        ("墨汁还是要的", []),
        ("墨汁3瓶改成5瓶 毛笔不拿了", ["set E 5", "drop F"]),
        ("墨汁翻倍", ["add E 3"]),
        ("墨汁换一瓶成花茶", ["swap E 1>D"]),
        ("我少一瓶墨汁匀给你", ["subtract E 1"]),
    ],
)
def test_changes(text: str, changes: list[str]) -> None:
    assert booked(text, own_order={"E": 3, "F": 2}) == changes


def test_what_is_put_right_already_is_not_set_again() -> None:
    assert booked("不对 墨汁两瓶 我家现在是三瓶了", own_order={"E": 1}) == ["set E 2"]


@pytest.mark.parametrize(
    ("text", "changes"), [("长的本子一本", ["add B 1"]), ("本子短的来一本", ["add A 1"])]
)
def test_sizes_are_compared_within_a_name(text: str, changes: list[str]) -> None:
    shop = catalogue()
    skus = (replace(shop["A"], spec="3米"), replace(shop["B"], spec="5米"))
    assert booked(text, catalogue=Catalogue(skus=skus)) == changes


@pytest.mark.parametrize(
    "text",
    [
        "大家一个一个来 我都看着呢",
        "我说了要大号的你给我小号的",
        "书房一片漆黑",
        "花茶分给你们喝",
    ],
)
def test_talk(text: str) -> None:
    assert booked(text, own_order={"D": 1}) == []


def test_the_same_again_takes_the_count_too() -> None:
    shop = Catalogue(skus=(catalogue()["E"],))
    before = (Booked(message_id="m1", member=2, lines={"E": 3}),)
    assert booked("同上", catalogue=shop, recent=before) == ["add E 3"]
    assert booked("+1", catalogue=shop, recent=before) == ["add E 1"]
