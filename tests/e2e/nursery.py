"""Bots in processes of their own, forked from a server that has imported the program once."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess

PATIENCE = 60.0
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.e2e.warmth", "tests.e2e.mortal"])


def born(life: Callable[..., None], *given: object) -> ForkServerProcess:
    """A process that runs `life`; it ends with its test at the latest."""
    process = _CONTEXT.Process(target=life, args=given, daemon=True)
    process.start()
    return process


def ended(process: ForkServerProcess, patience: float = PATIENCE) -> int:
    """Wait for its end; the exit code, or minus the signal that killed it."""
    process.join(patience)
    if process.exitcode is None:
        process.kill()
        raise TimeoutError("the bot does not end")
    return process.exitcode
