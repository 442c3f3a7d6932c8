"""The whole program behind the real Node gateway: it answers, is killed, goes on, and tells of the gap."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.channels.node_gateway import ROOM, NodeGateway, installed

SECONDS = 60
GROUP_NOTE = 10
"""wechaty-puppet's type of a solitaire list."""


@pytest.fixture
def gateway() -> Iterator[NodeGateway]:
    installed()
    made = NodeGateway()
    made.start()
    yield made
    made.kill()


@asynccontextmanager
async def bot(gateway: NodeGateway, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """`tuanbot run`, ready; killed at the end of the block as by kill -9."""
    settings = {
        "TUANBOT_CHANNELS": '["wechaty"]',
        "TUANBOT_WECHATY__ENDPOINT": gateway.endpoint,
        "TUANBOT_WECHATY__TOKEN": gateway.token,
        "TUANBOT_WECHATY__TLS": "false",
        "TUANBOT_REDIS": "memory",
        "TUANBOT_WEB__PORT": "0",
    }
    (folder / "config.yaml").write_text(
        "roles: [{id: wx_leader, role: leader}]\nshops: []\nfaq: []\n", encoding="utf-8"
    )
    program = ("-c", "from bot.cli import main; main()", "run", "--config", str(folder / "config.yaml"))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *program,
        env=os.environ | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        await until(process, r"condition.{1,20}listening")
        draining = asyncio.create_task(drain(process))
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()
    await draining


async def until(process: asyncio.subprocess.Process, pattern: str) -> None:
    """Read what the program prints until a line fits."""
    assert process.stdout is not None
    lines = []
    async with asyncio.timeout(SECONDS):
        while line := (await process.stdout.readline()).decode():
            lines.append(line)
            if re.search(pattern, line):
                return
    raise AssertionError("".join(lines))


async def drain(process: asyncio.subprocess.Process) -> None:
    assert process.stdout is not None
    while await process.stdout.readline():
        pass


async def said(gateway: NodeGateway, count: int) -> list[dict[str, Any]]:
    """What the bot has said, when it is so many messages."""
    async with asyncio.timeout(SECONDS):
        return list(await gateway.order("said", count=count))


async def test_a_raw_solitaire_list_is_booked_for_the_accounts_on_its_roster(
    gateway: NodeGateway, tmp_path: Path
) -> None:
    rows = ("1. 老王 苹果2", "2. 三号楼那位 土鸡蛋1")
    title = "#接龙\n今晚的团\n\n" + "\n".join(rows)
    places = "".join(
        f"<i><u>{account}</u><r>{title.index(row) + 3}-{len(row) - 3}</r></i>"
        for account, row in zip(("wxid_wang", "wxid_doudou"), rows, strict=True)
    )
    info = f"<solitaire><sid>s-9</sid><content>{places}</content></solitaire>"
    async with bot(gateway, tmp_path):
        await gateway.say("今晚开团\nA 苹果 1箱 29.9元\nB 土鸡蛋 1板 15元", **{"from": "wx_leader"})
        await said(gateway, 1)
        await gateway.say("确认", **{"from": "wx_leader"})
        await said(gateway, 2)
        await gateway.say(
            f"<msg><appmsg><title>{title}</title><type>53</type>"
            f"<extinfo><solitaire_info><![CDATA[{info}]]></solitaire_info></extinfo></appmsg></msg>",
            type=GROUP_NOTE,
        )
        await said(gateway, 3)
        answers = []
        for number, account in enumerate(("wxid_wang", "wxid_doudou"), 4):
            await gateway.say("我订了什么", **{"from": account})
            answers.append((await said(gateway, number))[-1]["text"])
    assert "苹果" in answers[0]
    assert "59.8元" in answers[0]
    assert "土鸡蛋" in answers[1]
    assert "15元" in answers[1]


async def test_a_sale_in_a_group_over_a_kill_of_the_bot(gateway: NodeGateway, tmp_path: Path) -> None:
    leader = {"from": "wx_leader"}
    async with bot(gateway, tmp_path):
        await gateway.say("今晚开团\nA 苹果 1箱 29.9元\nB 土鸡蛋 1板 15元", **leader)
        await said(gateway, 1)
        await gateway.say("确认", **leader)
        opened = await said(gateway, 2)
        await gateway.say("苹果两箱")
        booked = (await said(gateway, 3))[-1]
    await gateway.say("没人听见的 +1")
    async with bot(gateway, tmp_path):
        notice = (await said(gateway, 4))[-1]
        await gateway.say("我订了什么")
        answer = (await said(gateway, 5))[-1]
    assert {one["conversation"] for one in opened} == {ROOM}
    assert booked["mentions"] == ["wxid_wang"]
    assert "59.8元" in booked["text"]
    assert (notice["conversation"], "断线" in notice["text"]) == ("wx_leader", True)
    assert "59.8元" in answer["text"]
