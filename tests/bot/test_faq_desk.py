"""The live FAQ: good files replace it as a whole, bad ones leave it, every version can come back."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import SetClock
from bot.errors import ConfigError, TuanbotError
from bot.faqdesk import FaqDesk
from bot.faqversions import Versions
from bot.model import Role

NOW = datetime(2026, 3, 4, 4, tzinfo=UTC)
ONE = "# 营业\n- {id: hours, q: 几点开门, a: 九点。}\n"
TWO = ONE.replace("九点", "十点") + "- {id: pay, q: 怎么付款, a: 扫码。}\n"


class Desk:
    """A desk over one file."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "faq" / "a.yaml"
        self.file.parent.mkdir()
        self.file.write_text(ONE, encoding="utf-8")
        self.versions = Versions(folder / "versions")
        self.desk = FaqDesk([self.file.parent], clock=SetClock(NOW), versions=self.versions)

    def write(self, text: str | bytes) -> str:
        data = text.encode() if isinstance(text, str) else text
        self.file.write_bytes(data)
        return self.desk.reload()

    def answer(self, text: str) -> str:
        return self.desk.find(text, room="", role=Role.MEMBER, now=NOW).answer


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_good_file_is_in_force_at_once_and_its_difference_is_told(desk: Desk) -> None:
    assert desk.answer("几点开门") == "九点。"
    assert desk.write(TWO) == "FAQ 已更新：新增1（pay） 修改1（hours）"
    assert desk.answer("几点开门") == "十点。"
    assert desk.write(ONE) == "FAQ 已更新：修改1（hours） 停用1（pay）"


@pytest.mark.parametrize(
    "text",
    [
        "- {id: hours",
        "\t- a",
        "- {id: hours, q: 几点开门}\n",
        ONE + ONE,
        "a: &x [1]\nb: *x\n",
        b"\xff\xfe\x00binary",
        "- {id: x, q: 几点开门, a: 九点。, tests: [{say: 别的, expect: x}]}\n",
        "- {id: x, q: 几点开门, a: '{nothing}'}\n",
        "- 3\n- null\n",
        "[" * 500,
    ],
)
def test_a_bad_file_is_told_of_once_and_changes_nothing(desk: Desk, text: str | bytes) -> None:
    said = desk.write(text)
    assert said.startswith("FAQ 文件有误，继续用原来的：\n")
    assert len(said.splitlines()) >= 2
    assert desk.write(text) == ""
    assert desk.answer("几点开门") == "九点。"
    assert len(desk.versions.all()) == 1


def test_what_was_refused_is_taken_when_it_is_mended(desk: Desk) -> None:
    desk.write("- {id: hours")
    assert desk.write(TWO).startswith("FAQ 已更新")
    assert desk.write("- {id: hours") != ""


def test_a_comment_alone_is_no_change(desk: Desk) -> None:
    assert desk.write("# 改了注释\n" + ONE) == ""


def test_rolling_back_writes_the_files_back_with_their_comments(desk: Desk) -> None:
    desk.write(TWO)
    assert [version.id for version in desk.versions.all()] == [1, 2]
    desk.versions.restore()
    assert desk.file.read_text(encoding="utf-8") == ONE
    desk.desk.reload()
    assert desk.answer("几点开门") == "九点。"
    assert [version.id for version in desk.versions.all()] == [1, 2, 3]


def test_a_version_that_never_was_cannot_come_back(desk: Desk) -> None:
    with pytest.raises(TuanbotError):
        desk.versions.restore(7)


def test_a_first_file_that_is_bad_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- 3", encoding="utf-8")
    with pytest.raises(ConfigError):
        FaqDesk([tmp_path], clock=SetClock(NOW), versions=Versions(tmp_path / "versions"))


async def test_a_saved_file_goes_live_by_itself(desk: Desk) -> None:
    told: asyncio.Queue[str] = asyncio.Queue()
    watching = asyncio.create_task(desk.desk.watch(told.put))
    try:
        await _saved_until(desk, "- {id: hours", lambda: not told.empty())
        assert told.get_nowait().startswith("FAQ 文件有误")
        await _saved_until(desk, TWO, lambda: desk.answer("怎么付款") == "扫码。")
    finally:
        watching.cancel()
    assert told.empty()


async def _saved_until(desk: Desk, text: str, done: Callable[[], bool]) -> None:
    """The watcher may begin after the first save: save until it has seen one."""
    for turn in range(200):
        if turn % 40 == 0:
            desk.file.write_text(text, encoding="utf-8")
        if done():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the file was not seen")


def test_with_a_bad_file_at_the_start_the_last_version_is_in_force(desk: Desk, tmp_path: Path) -> None:
    desk.write(TWO)
    desk.file.write_text("- {id: hours", encoding="utf-8")
    again = FaqDesk([desk.file.parent], clock=SetClock(NOW), versions=desk.versions)
    assert again.find("怎么付款", room="", role=Role.MEMBER, now=NOW).answer == "扫码。"
    assert again.trouble.startswith(str(desk.file))
    assert len(desk.versions.all()) == 2


def test_who_rolled_back_is_kept_with_the_version(desk: Desk) -> None:
    desk.write(TWO)
    desk.desk.roll_back(1, "团长")
    assert desk.desk.reload() == "FAQ 已更新：修改1（hours） 停用1（pay）"
    assert [(one.difference, one.author) for one in desk.desk.versions()][1:] == [
        ("新增1（pay） 修改1（hours）", ""),
        ("回滚到第1版 修改1（hours） 停用1（pay）", "团长"),
    ]
    with pytest.raises(LookupError):
        desk.desk.roll_back(9, "团长")
