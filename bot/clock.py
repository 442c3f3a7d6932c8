"""Time: the machine's, or one that is set by hand for replay and tests."""

from datetime import UTC, datetime


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        """The present, UTC."""
        return datetime.now(UTC)


class SetClock:
    """A clock that stands where it was set."""

    def __init__(self, time: datetime) -> None:
        self._time = time

    def now(self) -> datetime:
        """The time it was last set to, UTC."""
        return self._time.astimezone(UTC)

    def set(self, time: datetime) -> None:
        """Move it, backwards too."""
        self._time = time
