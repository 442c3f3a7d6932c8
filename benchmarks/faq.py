"""The FAQ at 1,000 entries of 20 phrasings: loading, answering, what a reload costs messages in flight."""

import asyncio
import gc
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from rich.table import Table

from benchmarks._figures import Sample, ms, table, timed
from bot.clock import SystemClock
from bot.faqdesk import FaqDesk
from bot.faqversions import Versions
from bot.model import Role
from nlp.faq.entries import load

ENTRIES, PHRASINGS, QUESTIONS = 1000, 20, 500
TICK = 0.001
WHERE = ("东门", "西门", "南门", "北门", "前台", "车库", "花园", "凉亭", "邮局", "书店")
THINGS = (
    "快递柜", "门禁卡", "会员价", "优惠券", "退款单", "保温箱", "收据", "礼盒", "押金", "团购群",
    "接龙表", "配送费", "包装盒", "取货码", "库存表", "客服号", "售后单", "积分榜", "试吃装", "预售款",
)  # fmt: skip
ASPECTS = ("几点能用", "怎么办理", "要多少钱", "坏了找谁", "能不能换")
FRAMES = (
    "{where}的{thing}{aspect}",
    "请问{where}那个{thing}{aspect}呀",
    "{thing}在{where}{aspect}",
    "我想问下{where}{thing}{aspect}",
    "{where}{thing}{aspect}呢",
    "{aspect}啊{where}的{thing}",
    "团长{where}{thing}{aspect}",
    "{where}边上的{thing}{aspect}",
    "那个{where}{thing}现在{aspect}",
    "有人知道{where}{thing}{aspect}吗",
    "{thing}放{where}的话{aspect}",
    "在{where}领的{thing}{aspect}",
    "昨天{where}那批{thing}{aspect}",
    "明天去{where}的{thing}{aspect}",
    "老人去{where}拿{thing}{aspect}",
    "周末{where}{thing}{aspect}",
    "第一次用{where}的{thing}{aspect}",
    "{where}旁边{thing}以后{aspect}",
    "下雨天{where}{thing}{aspect}",
    "再问一句{where}{thing}{aspect}",
)


async def run() -> Table:
    """Seconds of this process's processor time, for the machine may be shared."""
    with tempfile.TemporaryDirectory() as folder:
        return await _measured(Path(folder))


async def _measured(folder: Path) -> Table:
    file = folder / "faq" / "a.yaml"
    file.parent.mkdir()
    file.write_text("\n".join(_entries("第一版。")), encoding="utf-8")
    with timed() as read:
        load([file])
    with timed() as first:
        _desk(folder)
    with timed() as again:
        desk = _desk(folder)
    gc.freeze()  # as `tuanbot run` does
    answered = Sample(seconds=[_seconds(partial(_ask, desk, one)) for one in _questions()])
    file.write_text("\n".join(_entries("第二版。")), encoding="utf-8")
    pause, whole = await _reloaded(desk)
    rows = [
        ("reading and checking the file", f"{read.cpu:.2f} s"),
        ("start, nothing read before", f"{first.cpu:.2f} s"),
        ("start, vectors kept", f"{again.cpu:.2f} s"),
        ("a question, p50", ms(answered.percentile(0.5))),
        ("a question, p99", ms(answered.percentile(0.99))),
        ("a question, slowest", ms(max(answered.seconds))),
        ("reload: longest pause of the event loop", ms(pause)),
        ("reload", f"{whole:.2f} s"),
    ]
    return table(f"FAQ, {ENTRIES:,} entries x {PHRASINGS} phrasings", ("", "seen"), rows)


def _desk(folder: Path) -> FaqDesk:
    return FaqDesk([folder / "faq"], clock=SystemClock(), versions=Versions(folder / "versions"))


def _ask(desk: FaqDesk, question: str) -> object:
    return desk.find(question, room="r", role=Role.MEMBER, now=datetime.now(UTC))


def _seconds(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return time.thread_time() - started


async def _reloaded(desk: FaqDesk) -> tuple[float, float]:
    """The most processor time that went by, in all threads, without the loop coming round; reload's seconds.

    Wall-clock pauses on a shared machine are those of other programs.
    """
    started = time.process_time()
    reloading = asyncio.create_task(asyncio.to_thread(desk.reload))
    pause = 0.0
    while not reloading.done():
        before = time.process_time()
        await asyncio.sleep(TICK)
        pause = max(pause, time.process_time() - before)
    assert await reloading
    return pause, time.process_time() - started


def _subjects() -> Sequence[tuple[str, str, str]]:
    return [(where, thing, aspect) for thing in THINGS for where in WHERE for aspect in ASPECTS][:ENTRIES]


def _entries(answer: str) -> Iterator[str]:
    for number, (where, thing, aspect) in enumerate(_subjects()):
        phrasings = "".join(
            f"    - {frame.format(where=where, thing=thing, aspect=aspect)}\n" for frame in FRAMES[:PHRASINGS]
        )
        yield f"- id: e{number}\n  q:\n{phrasings}  a: {where}{thing}{aspect}，看群公告，{answer}"


def _questions() -> list[str]:
    """Half are phrasings with other words in between, half ask what no entry answers."""
    chance = random.Random(7)
    subjects = _subjects()
    near = [f"{one}到底{two}啊{three}" for one, two, three in chance.sample(subjects, QUESTIONS // 2)]
    far = [
        f"你们{chance.choice(WHERE)}今天{chance.choice('人雨风车')}多不多{number}"
        for number in range(QUESTIONS // 2)
    ]
    return near + far
