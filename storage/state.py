"""Short-lived conversation state, kept by this process alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.ports import Clock

SWEEP = 1024
"""After so many new keys, those whose time is over are forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A value and the time at which it is forgotten."""

    value: str
    until: datetime


class MemoryState:
    """Implements bot.ports.State by the given clock: for replay, tests and a bot without Redis."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[str, Kept] = {}
        self._until_sweep = SWEEP

    @property
    def healthy(self) -> bool:
        """Always there."""
        return True

    async def get(self, key: str) -> str | None:
        """The value, or None when there is none."""
        kept = self._live(key)
        return None if kept is None else kept.value

    async def put(self, key: str, value: str, seconds: int) -> None:
        """Keep a value for so long."""
        self._keep(key, value, self._clock.now() + timedelta(seconds=seconds))

    async def drop(self, key: str) -> None:
        """Forget it."""
        self._kept.pop(key, None)

    async def count(self, key: str, seconds: int) -> int:
        """Add one to a counter that starts anew after so long."""
        kept = self._live(key)
        if kept is None:
            self._keep(key, "1", self._clock.now() + timedelta(seconds=seconds))
            return 1
        counted = int(kept.value) + 1
        self._keep(key, str(counted), kept.until)
        return counted

    async def close(self) -> None:
        """Forget everything."""
        self._kept.clear()

    def _live(self, key: str) -> Kept | None:
        kept = self._kept.get(key)
        return kept if kept is not None and self._clock.now() < kept.until else None

    def _keep(self, key: str, value: str, until: datetime) -> None:
        self._kept[key] = Kept(value=value, until=until)
        self._until_sweep -= 1
        if self._until_sweep <= 0:
            now = self._clock.now()
            self._kept = {one: kept for one, kept in self._kept.items() if now < kept.until}
            self._until_sweep = SWEEP
