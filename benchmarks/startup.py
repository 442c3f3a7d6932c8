"""Start-up and memory of `tuanbot run`, and of `tuanbot --help`, as programs of their own."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from rich.table import Table

from benchmarks._figures import table
from benchmarks._stores import folder

PROGRAM = str(Path(sys.executable).parent / "tuanbot")
READY = "已就绪"


async def run() -> Table:
    """The first start makes the store and reads the FAQ; later ones find both."""
    with folder() as place:
        environment = {**os.environ, "TUANBOT_DATA": str(place), "TUANBOT_WEB__PORT": "0"}
        rows = [_help(), _start("first run", environment), _start("later run", environment)]
    return table("Start-up and memory", ("", "wall until ready", "CPU until ready", "resident"), rows)


def _help() -> tuple[str, ...]:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([PROGRAM, "--help"], check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return "--help", f"{wall:.2f} s", f"{cpu:.2f} s", ""


def _start(name: str, environment: Mapping[str, str]) -> tuple[str, ...]:
    started = time.perf_counter()
    with subprocess.Popen(
        [PROGRAM, "run"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as program:
        assert program.stdout is not None
        for line in program.stdout:
            if READY in line:
                break
        else:
            raise RuntimeError("the bot ended before it was ready")
        wall, cpu, resident = time.perf_counter() - started, _cpu(program.pid), _resident(program.pid)
        program.send_signal(signal.SIGTERM)
    return name, f"{wall:.2f} s", f"{cpu:.2f} s", f"{resident:.0f} MB"


def _cpu(process: int) -> float:
    """Seconds of processor time so far, from the 14th and 15th field of the process's status."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(process: int) -> float:
    """Megabytes."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
