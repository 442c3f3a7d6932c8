"""The live FAQ: loads the files, refuses bad ones, swaps good ones in, watches for changes."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog
from watchfiles import awatch

from bot.errors import ConfigError
from bot.faqversions import Versions, difference
from bot.model import Role
from bot.ports import Clock
from bot.shopfile import ShopFile, yaml_files
from bot.understanding import FaqMatch
from nlp.faq import entries as faq_entries
from nlp.faq.entries import EntrySet
from nlp.faq.index import FaqIndex
from nlp.faq.lint import Level, lint
from nlp.faq.shipped import index_of, keep, warm
from nlp.faq.trials import failures

log = structlog.get_logger(__name__)
Tell = Callable[[str], Awaitable[None]]
CHANGED = "FAQ 已更新:{difference}"
REFUSED = "FAQ 文件有误,继续用原来的:\n{faults}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Entries that may go live, and the index that was made of them."""

    entries: EntrySet
    index: FaqIndex


class Refused(ConfigError):
    """Files that are well-formed and would still answer wrongly; says what and where."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__()
        self.args = ("\n".join(problems),)


def checked(paths: Sequence[Path], shops: Sequence[ShopFile], now: datetime) -> Checked:
    """Load, lint and test. Raises ConfigError with everything that keeps the files from going live."""
    entries = faq_entries.load([path for path in paths if path.exists()], shops)
    index = index_of(entries.entries)
    problems = [str(one) for one in lint(entries, index, now, shops) if one.level is Level.ERROR]
    problems += map(str, failures(entries.entries, index, now))
    if problems:
        raise Refused(problems)
    return Checked(entries=entries, index=index)


class FaqDesk:
    """The answers in force, as a FaqFinder. A reload replaces all of them at once or none."""

    def __init__(
        self, paths: Sequence[Path], *, clock: Clock, versions: Versions, shops: Sequence[ShopFile] = ()
    ) -> None:
        """Load the files; raises ConfigError, for there is no version yet to fall back to."""
        self._paths, self._shops, self._clock, self._versions = tuple(paths), shops, clock, versions
        warm(versions.folder)
        self._live = checked(self._paths, shops, clock.now())
        self._keep("")
        self._last_told = ""

    @property
    def entries(self) -> EntrySet:
        """What is in force."""
        return self._live.entries

    def find(self, text: str, *, room: str, role: Role, now: datetime) -> FaqMatch:
        """See FaqFinder."""
        return self._live.index.find(text, room=room, role=role, now=now)

    def reload(self) -> str:
        """Put the files in force, if they are good; returns what to tell operators, "" for nothing new."""
        try:
            new = checked(self._paths, self._shops, self._clock.now())
        except ConfigError as error:
            return self._once(REFUSED.format(faults=error))
        changed = difference(self._live.entries.entries, new.entries.entries)
        same = new.entries.entries == self._live.entries.entries
        self._live = new
        self._last_told = ""
        if same:
            return ""
        self._keep(changed)
        log.info("faq reloaded", difference=changed)
        return CHANGED.format(difference=changed)

    async def watch(self, tell: Tell) -> None:
        """Reload whenever a file changes, off the event loop; runs until cancelled."""
        places = {path if path.is_dir() else path.parent for path in self._paths}
        async for _ in awatch(*(place for place in places if place.exists()), debounce=200, step=50):
            if said := await asyncio.to_thread(self.reload):
                await tell(said)

    def _once(self, said: str) -> str:
        """Bad files are told of once, not at every save."""
        if said == self._last_told:
            return ""
        self._last_told = said
        log.warning("faq refused", faults=said)
        return said

    def _keep(self, changed: str) -> None:
        files = {
            str(path): path.read_text(encoding="utf-8") for path in yaml_files(self._paths) if path.exists()
        }
        keep(self._live.entries.entries, self._versions.folder)
        if files:
            self._versions.keep(files, time=self._clock.now(), difference=changed)
