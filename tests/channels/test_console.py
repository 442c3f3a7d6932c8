"""The conversation in the terminal: who speaks, quoting, several lines, and the whole command over a pipe."""

import asyncio
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.channels._script import Order, Spoken, parse
from bot.channels._terminal import Terminal
from bot.channels.console import Console
from bot.model import Incoming, Outgoing

ROOT = Path(__file__).parents[2]


class TypedLines(Terminal):
    """A terminal that types given lines and keeps what is shown."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__()
        self.interactive = False
        self.shown: list[str] = []
        self._typed = iter(lines)

    async def ask(self, prompt: str) -> str | None:
        return next(self._typed, None)

    def show(self, text: str, colour: str = "") -> None:
        self.shown.append(text)


async def typed(*lines: str, reply: str = "") -> tuple[list[Incoming], list[str]]:
    """What a bot hears of these lines, and what the terminal shows when it answers each with `reply`."""
    terminal = TypedLines(lines)
    console = Console(bot_name="小团", leader_id="wx_leader", terminal=terminal)
    heard: list[Incoming] = []

    async def hear(incoming: Incoming) -> None:
        heard.append(incoming)
        if reply:
            await console.send(Outgoing(key=f"k{len(heard)}", address=incoming.address, text=reply))

    async def settle() -> None:
        """All is answered already."""

    console.begin(settle)
    async with asyncio.timeout(10):
        await console.run(hear)
    assert console.ended.is_set()
    return heard, terminal.shown


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("南瓜两个", Spoken(text="南瓜两个")),
        ("小林: 南瓜两个", Spoken(name="小林", text="南瓜两个")),
        ("王姐:南瓜两个", Spoken(name="王姐", text="南瓜两个")),
        ("王姐\uff1a南瓜两个", Spoken(name="王姐", text="南瓜两个")),
        ("南瓜\uff1a两个", Spoken(text="南瓜\uff1a两个")),
        ("截单改成20:00", Spoken(text="截单改成20:00")),
        ("#接龙: 1", Spoken(text="#接龙: 1")),
        ("/as 小 林 ", Order(word="as", value="小 林")),
        ("/leader", Order(word="leader")),
        ("/2 份", Spoken(text="/2 份")),
    ],
)
def test_reading_a_line(line: str, read: Spoken | Order) -> None:
    assert parse(line, {"王姐"}) == read


async def test_a_name_speaks_once_and_as_stays() -> None:
    heard, _ = await typed("一", "小林: 二", "三", "/as 小林", "四", "/leader", "五")
    assert [one.sender_name for one in heard] == ["3栋王姐", "小林", "3栋王姐", "小林", "团长小满"]
    assert heard[1].sender_id == heard[3].sender_id != heard[0].sender_id
    assert heard[4].sender_id == "wx_leader"


async def test_a_quote_is_for_the_next_line_only() -> None:
    heard, shown = await typed("南瓜两个", "/quote 1", "我也要", "谢谢", "/quote 9", "/quote x")
    assert heard[1].quote is not None
    assert (heard[1].quote.message_id, heard[1].quote.text) == (heard[0].id, "南瓜两个")
    assert heard[2].quote is None
    assert shown[-2:] == ["还没有第 9 条。", shown[-1]]
    assert "/quote 3" in shown[-1]


async def test_replies_are_numbered_and_can_be_quoted() -> None:
    heard, shown = await typed("在吗", "/quote 2", "好的", reply="在的\n说吧")
    assert shown[:2] == ["[1] 3栋王姐: 在吗", "[2] 小团: 在的\n    说吧"]
    assert heard[1].quote is not None
    assert heard[1].quote.sender_name == "小团"


async def test_a_backslash_goes_on_in_the_next_line() -> None:
    heard, _ = await typed("#接龙\\", "1. 小林\\", "2. 老张", "", "完\\")
    assert [one.text for one in heard] == ["#接龙\n1. 小林\n2. 老张", "完\n"]


async def test_at_and_private() -> None:
    heard, _ = await typed("/at", "一", "二", "@小团 三", "/private", "四", "/private", "五")
    assert [one.at_bot for one in heard] == [True, False, True, True, False]
    assert [one.address.private for one in heard] == [False, False, False, True, False]
    assert heard[3].address.room == heard[3].sender_id


async def test_ids_are_unique() -> None:
    heard, _ = await typed(*["+1"] * 50)
    assert len({one.id for one in heard}) == 50


def test_a_conversation_through_a_pipe(tmp_path: Path) -> None:
    """The whole program: order, quote, what was ordered; logs and prompts stay out of the output."""
    config = tmp_path / "config.yaml"
    config.write_text(f"data: {tmp_path}/data\nshops: [{ROOT}/examples/shop]\nfaq: []\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; main()", "chat", "--config", str(config)],
        input="南瓜来两个\n/quote 1\n豆豆妈: 我也要\n我的订单\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
    )
    lines = done.stdout.splitlines()
    assert [line[:3] for line in lines] == [f"[{number}]" for number in range(1, 7)]
    assert "3栋王姐: 南瓜来两个" in lines[0]
    assert "贝贝南瓜 ×2" in lines[1]
    assert "豆豆妈" in lines[3]
    assert "13.6元" in lines[5]


def test_a_list_pasted_in_private_over_a_pipe(tmp_path: Path) -> None:
    """The whole program: the copy of another group's list comes back summed up, and goes to no group."""
    config = tmp_path / "config.yaml"
    config.write_text(f"data: {tmp_path}/data\nshops: [{ROOT}/examples/shop]\nfaq: []\n", encoding="utf-8")
    pasted = "#接龙\\\n木梳5元/把 皂6元/块\\\n1. 小林 木梳2把\\\n2. 豆豆妈 皂1块 木梳1把"
    done = subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; main()", "chat", "--config", str(config)],
        input=f"/private\n{pasted}\n/private\n我的订单\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
    )
    assert "[2] 小团(私聊): @3栋王姐 接龙读好啦，2人下单" in done.stdout
    assert "木梳 ×3(2人，15元)" in done.stdout
    assert "核对：按人21元=按商品21元=按自提点21元 ✓" in done.stdout
    assert "2. 豆豆妈：木梳 ×1、皂 ×1(11元)" in done.stdout
    assert "木梳" not in done.stdout.splitlines()[-1]
