"""How long to wait before the next attempt."""

from dataclasses import dataclass


@dataclass(slots=True, kw_only=True)
class Backoff:
    """Pauses in seconds that double up to the longest."""

    first: float = 0.2
    longest: float = 5.0
    _next: float = 0.0

    def pause(self) -> float:
        """The pause to make now."""
        now = self._next or self.first
        self._next = min(now * 2, self.longest)
        return now

    def reset(self) -> None:
        """Begin anew, for an attempt succeeded."""
        self._next = 0.0
