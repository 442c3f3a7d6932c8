"""Counts of right and of all cases by figure, and what went wrong."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Score:
    """Right ones and all of each figure, and the messages that went wrong."""

    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def count(self, figure: str, *, right: bool) -> bool:
        """Count one case; gives back whether it was right."""
        self.of[figure] += 1
        self.right[figure] += right
        return right

    def add(self, other: "Score") -> None:
        """Take in another's score."""
        self.right += other.right
        self.of += other.of
        self.misses += other.misses

    def share(self, figure: str) -> float | None:
        """Per cent, None where there was no case."""
        return 100 * self.right[figure] / self.of[figure] if self.of[figure] else None
