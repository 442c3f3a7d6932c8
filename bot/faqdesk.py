"""The live FAQ: loads the files, refuses bad ones, swaps good ones in, watches for changes."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from bot.errors import ConfigError
from bot.faqversions import Versions, difference
from bot.model import FaqVersion, Role
from bot.ports import Clock
from bot.shopfile import ShopFile, yaml_files
from bot.understanding import FaqMatch
from nlp.faq import entries as faq_entries
from nlp.faq.entries import EntrySet
from nlp.faq.index import FaqIndex
from nlp.faq.lint import ERRORS, Finding, lint
from nlp.faq.model import FaqModel
from nlp.faq.trials import failures

log = structlog.get_logger(__name__)
Tell = Callable[[str], Awaitable[None]]
CHANGED = "FAQ 已更新：{difference}"
REFUSED = "FAQ 文件有误，继续用原来的：\n{faults}"
ROLLED_BACK = "回滚到第{number}版 {difference}"


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


def checked(entries: EntrySet, model: FaqModel, now: datetime) -> Checked:
    """Look for errors and run the tests. Raises ConfigError with all that keeps them from going live."""
    index = model.index_of(entries.entries)
    problems = [str(one) for one in lint(entries, index, now, rules=ERRORS)]
    problems += [failure.placed(entries) for failure in failures(entries.entries, index, now)]
    if problems:
        raise Refused(problems)
    return Checked(entries=entries, index=index)


class FaqDesk:
    """The answers in force, as a FaqFinder. A reload replaces all of them at once or none."""

    def __init__(
        self,
        paths: Sequence[Path],
        *,
        clock: Clock,
        versions: Versions,
        shops: Sequence[ShopFile] = (),
        model: FaqModel | None = None,
    ) -> None:
        """Load the files, or where they are bad the version that was last in force.

        Raises ConfigError for bad files when there was none.
        """
        self._paths, self._shops, self._clock, self._versions = tuple(paths), shops, clock, versions
        self._model = model or FaqModel()
        self._author, self._restored = "", 0
        self._findings: tuple[Checked, tuple[Finding, ...]] | None = None
        self.trouble = ""
        """What keeps the files as they are now from going live; "" when they are in force."""
        self._model.warm(versions.folder)
        self._live = self._first()

    @property
    def entries(self) -> EntrySet:
        """What is in force."""
        return self._live.entries

    @property
    def index(self) -> FaqIndex:
        """What finds the answers now in force."""
        return self._live.index

    def versions(self) -> Sequence[FaqVersion]:
        """See FaqKeeper."""
        return self._versions.all()

    def find(self, text: str, *, room: str, role: Role, now: datetime, group_buy: str = "") -> FaqMatch:
        """See FaqFinder."""
        return self._live.index.find(text, room=room, role=role, now=now, group_buy=group_buy)

    def chosen(
        self, entry: str, *, room: str, role: Role, now: datetime, group_buy: str = ""
    ) -> FaqMatch | None:
        """See FaqFinder."""
        return self._live.index.chosen(entry, room=room, role=role, now=now, group_buy=group_buy)

    def findings(self) -> tuple[Finding, ...]:
        """What `tuanbot faq check` says of the entries in force; takes a while, once a version."""
        live, known = self._live, self._findings
        if known is None or known[0] is not live:
            found = lint(live.entries, live.index, self._clock.now(), self._shops)
            self._findings = known = (live, found)
        return known[1]

    def reload(self) -> str:
        """Put the files in force, if they are good; returns what to tell operators, "" for nothing new."""
        try:
            with _sparing():
                new = self._read()
        except ConfigError as error:
            return self._refused(str(error))
        changed = difference(self._live.entries.entries, new.entries.entries)
        same = new.entries.entries == self._live.entries.entries
        self._live, self.trouble = new, ""
        if same:
            return ""
        self._keep(changed)
        log.info("faq reloaded", difference=changed)
        return CHANGED.format(difference=changed)

    def roll_back(self, number: int, author: str) -> None:
        """See FaqKeeper; the watcher puts them in force."""
        if number not in {version.id for version in self._versions.all()}:
            raise LookupError(number)
        self._author, self._restored = author, number
        self._versions.restore(number)

    async def watch(self, tell: Tell) -> None:
        """Reload whenever a file changes, off the event loop, and tell of bad ones; runs until cancelled."""
        from watchfiles import awatch  # noqa: PLC0415 - only the live bot watches

        if self.trouble:
            await tell(REFUSED.format(faults=self.trouble))
        places = {path if path.is_dir() else path.parent for path in self._paths}
        async for _ in awatch(*(place for place in places if place.exists()), debounce=200, step=50):
            if (said := await asyncio.to_thread(self.reload)) and self.trouble:
                await tell(said)

    def _first(self) -> Checked:
        try:
            live = self._read()
        except ConfigError as error:
            last = self._versions.last()
            if last is None:
                raise
            self.trouble = str(error)
            log.warning("faq refused", faults=self.trouble, version=last.id)
            return checked(faq_entries.of_texts(last.files, self._shops), self._model, self._clock.now())
        self._live = live
        self._keep("")
        return live

    def _read(self) -> Checked:
        paths = [path for path in self._paths if path.exists()]
        return checked(faq_entries.load(paths, self._shops), self._model, self._clock.now())

    def _refused(self, faults: str) -> str:
        """Bad files are told of once, not at every save."""
        if faults == self.trouble:
            return ""
        self.trouble = faults
        log.warning("faq refused", faults=faults)
        return REFUSED.format(faults=faults)

    def _keep(self, changed: str) -> None:
        files = _texts(self._paths)
        last = self._versions.last()
        if not files or (last is not None and last.files == files):
            return
        if self._restored:
            changed = ROLLED_BACK.format(number=self._restored, difference=changed)
        self._model.keep(self._live.entries.entries, self._versions.folder)
        self._versions.keep(files, time=self._clock.now(), difference=changed, author=self._author)
        self._author, self._restored = "", 0


@contextmanager
def _sparing() -> Iterator[None]:
    """The collector, for which all threads stand still, looks only at what is made meanwhile."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _texts(paths: Sequence[Path]) -> Mapping[str, str]:
    return {str(path): path.read_text(encoding="utf-8") for path in yaml_files(paths) if path.exists()}
