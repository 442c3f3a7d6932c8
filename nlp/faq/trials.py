"""The tests that operators write beside their entries, run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model import Role
from nlp.faq.entries import Entry, EntrySet
from nlp.faq.index import FaqIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A sentence that another entry answers, or none, than the test expects; "" for none."""

    entry: str
    say: str
    expected: str
    answered: str

    def __str__(self) -> str:
        answered = f"现在由 {self.answered} 回答" if self.answered else "现在不回答"
        expected = f"应由 {self.expected} 回答" if self.expected else "应不回答"
        return f"{self.entry} 的测试没过：说“{self.say}”{expected}，{answered}"

    def placed(self, entries: EntrySet) -> str:
        """With the file and line of the entry."""
        file, line = entries.places.get(self.entry, ("", 0))
        return f"{file}:{line} {self}" if line else str(self)


def failures(entries: Sequence[Entry], index: FaqIndex, now: datetime) -> Iterator[Failure]:
    """The tests that do not hold; those of an entry that is switched off wait with it."""
    for entry in entries:
        role = Role.LEADER if entry.scope.role == "leader" else Role.MEMBER
        room = entry.scope.rooms[0] if entry.scope.rooms else ""
        for test in entry.tests if entry.in_force(now) else ():
            answered = index.find(test.say, room=room, role=role, now=now).entry
            if answered != (test.expect or ""):
                yield Failure(entry=entry.id, say=test.say, expected=test.expect or "", answered=answered)
