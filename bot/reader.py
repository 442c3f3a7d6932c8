"""The reader: understanding in a thread of its own, a message at a time, each with a deadline of its own."""

import asyncio
import ctypes
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Self

import structlog

from bot.ports import Understander
from bot.understanding import Situation, Understanding

log = structlog.get_logger(__name__)
Job = tuple[Future[Understanding], Callable[[], Understanding]]


class TooLate(BaseException):
    """Raised inside a reading that nobody waits for any more; no `except Exception` of a rule may hold it."""


class Reader:
    """Runs the understander. A message that takes too long costs its own deadline, not that of the next one.

    The time starts when a message's turn comes, so that a burst in other rooms does not use it up.
    """

    def __init__(self, understander: Understander, deadline: float) -> None:
        self._understander = understander
        self._deadline = deadline
        self._turn = asyncio.Lock()
        self._thread = _Thread()

    async def read(self, text: str, situation: Situation) -> Understanding | None:
        """The meaning, or None when it could not be had within the deadline."""
        async with self._turn:
            reading = self._thread.submit(lambda: self._understander.understand(text, situation))
            try:
                async with asyncio.timeout(self._deadline):
                    return await asyncio.wrap_future(reading)
            except TimeoutError:
                log.warning("reader.deadline", characters=len(text))
                self._thread.leave()
                self._thread = _Thread()
                return None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Give the thread back."""
        self._thread.leave()


class _Thread:
    """A daemon, since one that hangs in a library must not hold up the end of the program."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._busy = False
        self._thread = threading.Thread(target=self._work, name="understanding", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[], Understanding]) -> Future[Understanding]:
        """Do it after what was submitted before."""
        future: Future[Understanding] = Future()
        self._jobs.put((future, work))
        return future

    def leave(self) -> None:
        """Let it end: after its last job, or in the middle of one that does not come to an end."""
        self._jobs.put(None)
        if self._busy:
            # Python offers no other way to stop a loop; one inside a library goes on until it returns
            identity = ctypes.c_ulong(self._thread.ident or 0)
            ctypes.pythonapi.PyThreadState_SetAsyncExc(identity, ctypes.py_object(TooLate))

    def _work(self) -> None:
        try:
            while job := self._jobs.get():
                self._busy = True
                _done(*job)
                self._busy = False
        except TooLate:
            pass


def _done(future: Future[Understanding], work: Callable[[], Understanding]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(work())
    except Exception as error:  # noqa: BLE001 - it is raised where the result is waited for
        future.set_exception(error)
