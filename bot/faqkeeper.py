"""The keeper of FAQ versions where the FAQ does not follow files: a recorded chat, a test."""

from collections.abc import Sequence

from bot.model import FaqVersion


class NoFiles:
    """Implements bot.ports.FaqKeeper with nothing to keep."""

    def versions(self) -> Sequence[FaqVersion]:
        """None."""
        return ()

    def roll_back(self, number: int, author: str) -> None:  # noqa: ARG002 - the port's names
        """There is nothing to go back to."""
        raise LookupError(number)


NO_FILES = NoFiles()
