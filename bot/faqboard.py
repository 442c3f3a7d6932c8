"""The live FAQ as the console shows it: entries and what is wrong with them, a question tried out, misses."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from bot.faqdesk import FaqDesk
from bot.model import FaqVersion, Role
from bot.ports import Clock
from bot.web.ports import FaqEntry, FaqMisses, FaqTrial
from nlp.faq.entries import Entry, EntrySet
from nlp.faq.lint import Finding, Level
from nlp.faq.misses import Miss, draft, grouped
from nlp.faq.why import reasons
from shop.inquiry import Unanswered

RULES = {
    "exact": "和一个问法一样",
    "keywords": "关键词",
    "pattern": "正则",
    "meaning": "意思",
    "suggest": "只够猜：问到小团时列出来让人选",
    "miss": "没有合适的",
}
NEAREST = 3


class DeskBoard:
    """Implements bot.web.ports.FaqBoard. `editor` is a link with {file} and {line}, "" for none."""

    def __init__(self, desk: FaqDesk, *, clock: Clock, editor: str) -> None:
        self._desk = desk
        self._clock = clock
        self._editor = editor

    def trouble(self) -> str:
        """See FaqBoard."""
        return self._desk.trouble

    def versions(self) -> Sequence[FaqVersion]:
        """See FaqBoard."""
        return self._desk.versions()

    def entries(self) -> Sequence[FaqEntry]:
        """See FaqBoard."""
        findings: dict[str, list[Finding]] = {}
        for finding in self._desk.findings():
            findings.setdefault(finding.entry, []).append(finding)
        entries, now = self._desk.entries, self._clock.now()
        return [self._entry(one, entries, findings, now) for one in entries]

    def tried(self, question: str, *, room: str, group_buy: str, leader: bool) -> FaqTrial:
        """See FaqBoard."""
        entries, index = self._desk.entries, self._desk.index
        role = Role.LEADER if leader else Role.MEMBER
        match = index.find(question, room=room, role=role, now=self._clock.now(), group_buy=group_buy)
        nearest = match.candidates[:NEAREST]
        place, link = self._place(entries, match.entry)
        return FaqTrial(
            question=question,
            rule=RULES.get(match.rule, match.rule),
            entry=match.entry,
            answer=match.answer,
            place=place,
            link=link,
            nearest=[(name, _title(entries.get(name)), score) for name, score in nearest],
            reasons=tuple(reasons(entries.entries, index.meaning, question, [name for name, _ in nearest])),
        )

    def misses(self, unanswered: Sequence[Unanswered]) -> FaqMisses:
        """See FaqBoard."""
        groups = grouped(Miss(text=one.text, entry=one.entry) for one in unanswered)
        taken = {entry.id for entry in self._desk.entries}
        return FaqMisses(
            groups=[(group.questions[0], group.count) for group in groups],
            draft=draft(groups, self._clock.now().date(), taken),
        )

    def _entry(
        self, entry: Entry, entries: EntrySet, findings: Mapping[str, Sequence[Finding]], now: datetime
    ) -> FaqEntry:
        place, link = self._place(entries, entry.id)
        return FaqEntry(
            id=entry.id,
            title=_title(entry),
            questions=entry.q,
            state=_state(entry, now),
            place=place,
            link=link,
            findings=tuple(_told(findings.get(entry.id, ()))),
        )

    def _place(self, entries: EntrySet, entry: str) -> tuple[str, str]:
        """file:line to copy, and the link that opens it."""
        file, line = entries.places.get(entry, ("", 0))
        if not file:
            return "", ""
        link = self._editor.replace("{file}", quote(str(Path(file).resolve()))).replace("{line}", str(line))
        return f"{file}:{line}", link


def _title(entry: Entry | None) -> str:
    return (entry.title or entry.q[0]) if entry else ""


def _state(entry: Entry, now: datetime) -> str:
    if not entry.enabled:
        return "停用"
    if entry.valid_from is not None and now < entry.valid_from:
        return "还没到时间"
    return "" if entry.in_force(now) else "过期"


def _told(findings: Sequence[Finding]) -> Iterator[tuple[bool, str]]:
    return ((finding.level is Level.ERROR, finding.message) for finding in findings)
