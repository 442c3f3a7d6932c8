"""Which earlier version a list grew out of: people copy old lists, and several at the same time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

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


class Version:
    """An earlier list with its people, who are looked at only when they are needed."""

    def __init__(self, listed: SolitaireList) -> None:
        self.listed = listed

    @cached_property
    def people(self) -> People:
        """Who stands on it."""
        return people_of(self.listed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The versions of one list, latest first: the first is in force, `parent` the one that was copied."""

    versions: tuple[Version, ...]
    parent: int = 0

    @property
    def in_force(self) -> People:
        """Who stands on the list now."""
        return self.versions[0].people if self.versions else {}

    @property
    def copied(self) -> People:
        """Who stood on the version that was copied."""
        return self.versions[self.parent].people if self.versions else {}

    def held_before(self, person: Person) -> bool:
        """Whether an earlier version than the one in force has these very rows."""
        return any(_form_in(version.people, person.key) == person.form for version in self.versions[1:])

    def first_with(self, one: str) -> SolitaireList:
        """The oldest version kept that has rows under this key; there must be one."""
        return next(version.listed for version in reversed(self.versions) if one in version.people)


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
    candidates = map(Version, earlier)
    family = tuple(version for version in candidates if _related(current, now, version))
    return Lineage(versions=family, parent=_parent(now, family, sender))


def _parent(now: People, family: Sequence[Version], sender: str) -> int:
    best, parent = 0.0, 0
    for index, version in enumerate(family):
        same, other = _common(now, version.people, sender)
        if index == 0 and not other:
            return 0
        if index == 0 or same - other > best:
            best, parent = same - other, index
    return parent


def _related(current: SolitaireList, now: People, version: Version) -> bool:
    listed = version.listed
    if current.sid and listed.sid:
        return current.sid == listed.sid
    if current.header and listed.header and fuzz.ratio(current.header, listed.header) >= _SAME_HEADER:
        return True
    people = version.people
    if any(_form_in(people, one) == person.form for one, person in now.items() if person.form):
        return True
    if current.header and listed.header:
        return False
    return not people or not now or bool(now.keys() & people.keys())


def _common(now: People, people: People, sender: str) -> tuple[int, int]:
    """How many rows both have, and how many the copy lost or has otherwise."""
    others = (person for one, person in people.items() if one != sender)
    known = [person for person in others if person.listed or person.key in now]
    same = sum(_form_in(now, person.key) == person.form for person in known)
    return same, len(known) - same


def _form_in(people: People, one: str) -> str | None:
    person = people.get(one)
    return person.form if person else None


def _form_of(rows: Sequence[SolitaireRow]) -> str:
    if len(rows) == 1:
        return _form(rows[0].content)
    return "\n".join(form for row in rows if (form := _form(row.content)))


@lru_cache(maxsize=65536)
def _form(content: str) -> str:
    return " ".join(normalise(content).text.lower().split())
