"""Messages that cannot be understood in time, and those that come after them."""

import asyncio
import threading

import pytest

from bot.reader import Reader
from bot.understanding import Intent, Situation, Understanding
from tests.bot.messages import NOON

SITUATION = Situation(now=NOON)


class Slow:
    """Understands everything at once, but "转圈" never, and "卡住" only when it is let go."""

    def __init__(self) -> None:
        self.released = threading.Event()
        self.stopped = threading.Event()

    def understand(self, text: str, situation: Situation) -> Understanding:
        if text == "转圈":
            self._turn_for_ever()
        if text == "卡住":
            self.released.wait()
        if text == "出错":
            raise ValueError(text)
        return Understanding(text=text, normalised=text, intent=Intent.CHITCHAT)

    def _turn_for_ever(self) -> None:
        try:
            while True:
                sum(range(100))
        finally:
            self.stopped.set()


async def test_a_message_is_understood() -> None:
    with Reader(Slow(), 60) as reader:
        read = await reader.read("你好", SITUATION)
    assert read is not None
    assert read.text == "你好"


async def test_what_takes_too_long_is_given_up_and_the_next_one_is_understood() -> None:
    slow = Slow()
    with Reader(slow, 0.05) as reader:
        assert await reader.read("转圈", SITUATION) is None
        assert await asyncio.to_thread(slow.stopped.wait, 30)
    with Reader(slow, 60) as reader:
        assert await reader.read("你好", SITUATION) is not None


async def test_one_that_hangs_in_a_library_does_not_hold_up_the_next_one() -> None:
    slow = Slow()
    with Reader(slow, 0.5) as reader:
        assert await reader.read("卡住", SITUATION) is None
        assert await reader.read("你好", SITUATION) is not None
    slow.released.set()


async def test_waiting_for_its_turn_is_not_on_the_account_of_a_message() -> None:
    slow = Slow()
    with Reader(slow, 0.5) as reader:
        results = await asyncio.gather(*(reader.read(text, SITUATION) for text in ("卡住", "卡住", "你好")))
    slow.released.set()
    assert [result is None for result in results] == [True, True, False]


async def test_an_error_reaches_who_waits_and_the_thread_goes_on() -> None:
    with Reader(Slow(), 60) as reader:
        with pytest.raises(ValueError, match="出错"):
            await reader.read("出错", SITUATION)
        assert await reader.read("你好", SITUATION) is not None


async def test_a_closed_reader_gives_its_thread_back() -> None:
    with Reader(Slow(), 60) as reader:
        await reader.read("你好", SITUATION)
        thread = reader._worker.thread
    await asyncio.to_thread(thread.join, 30)
    assert not thread.is_alive()
