"""A thread that does one job after the other for the event loop, in fewer steps than an executor takes."""

import asyncio
import ctypes
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from typing import TypeVar

Value = TypeVar("Value")


class TooLate(BaseException):
    """Raised inside a job that nobody waits for any more; no `except Exception` of it may hold it."""


class Worker:
    """A daemon, since one that hangs in a library must not hold up the end of the program.

    A job is done even if nobody waits for its result any more.
    """

    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        self._busy = False
        self.thread = threading.Thread(target=self._work, name=name, daemon=True)
        self.thread.start()

    def submit(self, work: Callable[[], Value]) -> asyncio.Future[Value]:
        """Do it after what was submitted before; what comes of it is told to the loop that asked."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Value] = loop.create_future()

        def job() -> None:
            try:
                tell = partial(future.set_result, work())
            except Exception as error:  # noqa: BLE001 - it is raised where the result is waited for
                tell = partial(future.set_exception, error)
            with suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(_unless_given_up, future, tell)

        self._jobs.put(job)
        return future

    def leave(self) -> None:
        """Let it end: after its last job, or in the middle of one that does not come to an end."""
        self._jobs.put(None)
        if self._busy:
            # Python offers no other way to stop a loop; one inside a library goes on until it returns
            identity = ctypes.c_ulong(self.thread.ident or 0)
            ctypes.pythonapi.PyThreadState_SetAsyncExc(identity, ctypes.py_object(TooLate))

    def _work(self) -> None:
        try:
            while job := self._jobs.get():
                self._busy = True
                job()
                self._busy = False
        except TooLate:
            pass


def _unless_given_up(future: asyncio.Future[Value], tell: Callable[[], None]) -> None:
    if not future.done():
        tell()
