"""The tests that operators write beside their entries, run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model import Role
from nlp.faq.entries import Entry
from nlp.faq.index import FaqIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A sentence that another entry answers, or none, than the test expects; "" for none."""

    entry: str
    say: str
    expected: str
    answered: str

    def __str__(self) -> str:
        answered, expected = self.answered or "不回答", self.expected or "不回答"
        return f"{self.entry} 的测试“{self.say}”:应由 {expected} 回答,现在是 {answered}"


def failures(entries: Sequence[Entry], index: FaqIndex, now: datetime) -> Iterator[Failure]:
    """The tests that do not hold."""
    for entry in entries:
        role = Role.LEADER if entry.scope.role == "leader" else Role.MEMBER
        room = entry.scope.rooms[0] if entry.scope.rooms else ""
        for test in entry.tests:
            answered = index.find(test.say, room=room, role=role, now=now).entry
            if answered != (test.expect or ""):
                yield Failure(entry=entry.id, say=test.say, expected=test.expect or "", answered=answered)
