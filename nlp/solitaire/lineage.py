"""Which earlier version a list grew out of: people copy old lists, and several at the same time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from bot.understanding import SolitaireList, SolitaireRow
from nlp.normalise import normalise
from nlp.solitaire.names import key

_SAME_HEADER = 60.0
"""Likeness of headers, in per cent, from which on two lists are versions of one."""

People = Mapping[str, "Person"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """All rows of one name, in order; `form` is what they say without regard to spacing and case."""

    key: str
    name: str
    rows: tuple[SolitaireRow, ...]
    form: str

    @property
    def content(self) -> str:
        """What the rows say, one a line."""
        return "\n".join(row.content for row in self.rows)

    @property
    def listed(self) -> bool:
        """Whether the rows were on the list that was sent last, not only in force."""
        return any(row.number for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The versions of one list, latest first: the first is in force, `parent` the one that was copied."""

    versions: tuple[SolitaireList, ...]
    people: tuple[People, ...]
    parent: int = 0

    @property
    def in_force(self) -> People:
        """Who stands on the list now."""
        return self.people[0] if self.people else {}

    @property
    def copied(self) -> People:
        """Who stood on the version that was copied."""
        return self.people[self.parent] if self.people else {}

    @property
    def copied_version(self) -> SolitaireList:
        """The version that was copied; there must be one."""
        return self.versions[self.parent]

    def first_with(self, one: str) -> SolitaireList:
        """The oldest version kept that has rows under this key; there must be one."""
        return next(
            version
            for version, people in zip(reversed(self.versions), reversed(self.people), strict=True)
            if one in people
        )

    def held_before(self, person: Person) -> bool:
        """Whether an earlier version than the one in force has these very rows."""
        return any(_form_in(people, person.key) == person.form for people in self.people[1:])


def people_of(version: SolitaireList) -> dict[str, Person]:
    """The rows of a list by name."""
    rows: dict[str, list[SolitaireRow]] = {}
    for row in version.rows:
        rows.setdefault(key(row.name), []).append(row)
    return {
        one: Person(key=one, name=group[0].name, rows=tuple(group), form=_form_of(group))
        for one, group in rows.items()
    }


def lineage(now: People, current: SolitaireList, earlier: Sequence[SolitaireList], sender: str) -> Lineage:
    """The family of the list (its people are `now`) among the earlier ones; `sender` is the sender's key.

    The parent is the version with the longest common history, the latest of equals; what the sender did to
    the own row says nothing about it.
    """
    everybody = [(version, people_of(version)) for version in earlier]
    family = [(version, people) for version, people in everybody if _related(current, now, version, people)]
    if not family:
        return Lineage(versions=(), people=())
    scores = [_common(now, people, sender) for _, people in family]
    return Lineage(
        versions=tuple(version for version, _ in family),
        people=tuple(people for _, people in family),
        parent=max(range(len(family)), key=lambda index: (scores[index], -index)),
    )


def _related(current: SolitaireList, now: People, version: SolitaireList, people: People) -> bool:
    if current.sid and version.sid:
        return current.sid == version.sid
    if any(_form_in(people, one) == person.form for one, person in now.items() if person.form):
        return True
    if not current.header or not version.header:
        return not people or not now or bool(now.keys() & people.keys())
    return fuzz.ratio(current.header, version.header) >= _SAME_HEADER


def _common(now: People, people: People, sender: str) -> int:
    """Rows that both have, less those that the copy lost or has otherwise."""
    others = (person for one, person in people.items() if one != sender)
    known = [person for person in others if person.listed or person.key in now]
    return sum(1 if _form_in(now, person.key) == person.form else -1 for person in known)


def _form_in(people: People, one: str) -> str | None:
    person = people.get(one)
    return person.form if person else None


def _form_of(rows: Sequence[SolitaireRow]) -> str:
    return "\n".join(form for row in rows if (form := _form(row.content)))


@lru_cache(maxsize=65536)
def _form(content: str) -> str:
    return " ".join(normalise(content).text.lower().split())
