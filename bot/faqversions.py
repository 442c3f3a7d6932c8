"""Every version of the FAQ that was live: its files, when it came, what it changed. Kept in a folder."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.errors import TuanbotError
from bot.model import FaqVersion
from nlp.faq.entries import Entry

NAMED = 5
"""Entries that a difference names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version(FaqVersion):
    """With the text of every file by its path."""

    files: Mapping[str, str]


class Versions:
    """Versions in a folder, one JSON file each; numbers grow and are never used again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> Sequence[Version]:
        """Oldest first."""
        return [_read(path) for path in sorted(self.folder.glob("*.json"))]

    def last(self) -> Version | None:
        """The newest."""
        paths = sorted(self.folder.glob("*.json"))
        return _read(paths[-1]) if paths else None

    def keep(self, files: Mapping[str, str], *, time: datetime, difference: str, author: str = "") -> Version:
        """Write down what is live now; the same files again are no new version."""
        last = self.last()
        if last is not None and last.files == files:
            return last
        version = Version(
            id=last.id + 1 if last else 1, time=time, difference=difference, files=dict(files), author=author
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        data = {
            "id": version.id,
            "time": time.isoformat(),
            "difference": difference,
            "author": author,
            "files": dict(files),
        }
        path = self.folder / f"{version.id:06}.json"
        path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
        return version

    def restore(self, number: int | None = None) -> Version:
        """Write a version's files back, by default the last but one; files it did not have are emptied.

        Raises TuanbotError when there is no such version.
        """
        known = self.all()
        wanted = known[-2:-1] if number is None else [one for one in known if one.id == number]
        if not wanted:
            raise TuanbotError("没有这个版本，tuanbot faq versions 列出所有版本。")
        for path in {path for one in known for path in one.files} - set(wanted[0].files):
            if Path(path).exists():
                Path(path).write_text("", encoding="utf-8")
        for path, text in wanted[0].files.items():
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_text(text, encoding="utf-8")
        return wanted[0]


def difference(before: Sequence[Entry], after: Sequence[Entry]) -> str:
    """新增2 修改1 停用1: entries that came, changed, and are gone or switched off."""
    old = {entry.id: entry for entry in before if entry.enabled}
    new = {entry.id: entry for entry in after if entry.enabled}
    added = sorted(set(new) - set(old))
    changed = sorted(name for name in set(new) & set(old) if new[name] != old[name])
    stopped = sorted(set(old) - set(new))
    parts = [("新增", added), ("修改", changed), ("停用", stopped)]
    return " ".join(_counted(label, names) for label, names in parts if names) or "没有变化"


def _counted(label: str, names: Sequence[str]) -> str:
    more = "…" if len(names) > NAMED else ""
    return f"{label}{len(names)}（{'、'.join(names[:NAMED])}{more}）"


def _read(path: Path) -> Version:
    data = json.loads(path.read_text(encoding="utf-8"))
    data["time"] = datetime.fromisoformat(data["time"])
    return Version(**data)
