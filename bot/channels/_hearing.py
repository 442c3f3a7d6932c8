"""When something was last heard, also by the program before this one, and the gaps that follow from it."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from bot.model import Gap

log = structlog.get_logger(__name__)
MARK_SECONDS = 20.0


class Hearing:
    """Notes in a file until when the account was listening; times between two listenings are gaps."""

    def __init__(self, *, channel: str, file: Path) -> None:
        self._channel = channel
        self._file = file
        self._gaps: asyncio.Queue[Gap] = asyncio.Queue()
        self._account, self._until = _noted(file)

    async def gaps(self) -> AsyncIterator[Gap]:
        """Every gap, when it is over."""
        while True:
            yield await self._gaps.get()

    async def begin(self, account: str) -> None:
        """The account listens from now on; nothing was missed by one that never listened."""
        now = datetime.now(UTC)
        if account == self._account and self._until is not None:
            gap = Gap(channel=self._channel, account=account, since=min(self._until, now), until=now)
            seconds = (gap.until - gap.since).total_seconds()
            log.warning("channel.gap", channel=self._channel, since=gap.since.isoformat(), seconds=seconds)
            self._gaps.put_nowait(gap)
        self._account = account
        await self._note(now)

    async def keep(self) -> None:
        """Note now and then that the account still listens, until cancelled."""
        while True:
            await asyncio.sleep(MARK_SECONDS)
            await self._note(datetime.now(UTC))

    async def end(self, *, doubtful_seconds: float) -> None:
        """The account listens no more, and perhaps did not for the last seconds."""
        sure = datetime.now(UTC) - timedelta(seconds=doubtful_seconds)
        await self._note(max(sure, self._until) if self._until else sure)

    async def _note(self, until: datetime) -> None:
        self._until = until
        note = json.dumps({"account": self._account, "until": until.isoformat()})
        try:
            await asyncio.to_thread(_write, self._file, note)
        except OSError as error:
            log.warning("channel.note", error=str(error))


def _write(file: Path, text: str) -> None:
    """Replace the whole file at once, so that a killed program leaves the old note or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(file)


def _noted(file: Path) -> tuple[str, datetime | None]:
    try:
        note = json.loads(file.read_text(encoding="utf-8"))
        return str(note["account"]), datetime.fromisoformat(note["until"]).astimezone(UTC)
    except FileNotFoundError:
        pass
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("channel.note", error=repr(error))
    return "", None
