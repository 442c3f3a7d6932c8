"""Killed, frozen, cut off: nothing is lost and nothing is done twice. `make chaos` runs the long version."""

import asyncio
import os
import signal
import statistics
from dataclasses import replace
from random import Random

import pytest

from tests.chaos.aftermath import check
from tests.chaos.alarms import Alarms
from tests.chaos.lives import KILLS, LONG, life, patience, ready_in_time
from tests.chaos.storm import Storm, endured, lines
from tests.e2e.nursery import born, ended

LONGEST_LIFE = 0.4
FROZEN_SECONDS = 10 if LONG else 0.5


@pytest.mark.timeout(120 + 30 * KILLS)
async def test_killed_again_and_again_it_books_every_order_once(
    storm: Storm, capsys: pytest.CaptureFixture[str]
) -> None:
    rng, ends = Random(KILLS), []
    for seed in range(1, KILLS + 1):
        doom = Alarms(
            death=rng.uniform(0, LONGEST_LIFE),
            redis_dies=rng.random() < 0.5,
            links_break="postgresql" in storm.database and rng.random() < 0.5,
        )
        ends.append(await life(replace(storm, seed=seed, alarms=doom)))
    assert set(ends) <= {-signal.SIGKILL, 0}
    assert -signal.SIGKILL in ends
    assert await life(replace(storm, seed=KILLS + 1)) == 0
    await check(storm)
    ready = [float(seconds) for seconds in lines(storm, "ready.txt")]
    with capsys.disabled():
        kills, median = ends.count(-signal.SIGKILL), statistics.median(ready)
        print(f"\n{kills} kills; ready after {median:.2f} s (median), {max(ready):.2f} s (longest)")
    ready_in_time(max(ready))


@pytest.mark.timeout(120 + 30 * KILLS)
async def test_frozen_and_cut_off_it_goes_on(storm: Storm) -> None:
    blows = Alarms(redis_dies=True, links_break="postgresql" in storm.database)
    process = born(endured, replace(storm, alarms=blows))
    while not lines(storm, "taken.txt"):  # noqa: ASYNC110 - a file has no event
        await asyncio.sleep(0.05)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGSTOP)
    await asyncio.sleep(FROZEN_SECONDS)
    os.kill(process.pid, signal.SIGCONT)
    assert await asyncio.to_thread(ended, process, patience(storm)) == 0
    await check(storm)


@pytest.mark.timeout(120 + 30 * KILLS)
async def test_while_the_clock_jumps_it_goes_on(storm: Storm) -> None:
    assert await life(replace(storm, alarms=Alarms(clock_jumps=True))) == 0
    await check(storm)
