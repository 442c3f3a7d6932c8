"""A list against the version that it grew out of: what happened to whose rows, and what is in force."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from bot.understanding import RowChange, RowEvent, SolitaireList, SolitaireReading, SolitaireRow
from nlp.solitaire.lineage import Person, lineage, people_of
from nlp.solitaire.names import key
from nlp.solitaire.wishes import Wish, WishReader
from shop.changes import Change, ChangeKind

_ELSEWHERE = (0, 0)
"""The span of a row that is in force and not written in this message."""


class Comparison:
    """Compares one list with its family among the earlier ones, latest first.

    `own_order` is the sender's, where known: only what is in it is dropped. `leads`: the sender leads the
    room. `elided`: rows were folded away in the copy.
    """

    def __init__(
        self,
        current: SolitaireList,
        earlier: Sequence[SolitaireList],
        sender: str,
        wishes: WishReader,
        *,
        own_order: Mapping[str, int] | None = None,
        leads: bool = False,
        elided: bool = False,
    ) -> None:
        self._current = current
        self._sender = key(sender)
        self._wishes = wishes
        self._own_order = own_order
        self._leads = leads
        self._elided = elided
        self._now = people_of(current)
        self._family = lineage(self._now, current, earlier, self._sender)

    def reading(self) -> SolitaireReading:
        """Every event, and the list with everything that is in force."""
        told = {person.key: event for person, event in self._told()}
        versions = self._family.versions
        return SolitaireReading(
            current=self._current,
            events=tuple(told.values()),
            ancestor=versions[self._family.parent].listed.message_id if versions else "",
            merged=self._merged(told),
        )

    def _told(self) -> Iterator[tuple[Person, RowEvent]]:
        in_force = self._family.in_force
        for one, person in self._now.items():
            before = in_force.get(one)
            event = self._new(person) if before is None else self._written(person, before)
            if event:
                yield person, event
        for one, person in in_force.items():
            event = None if one in self._now else self._missing(person)
            if event:
                yield person, event

    def _new(self, now: Person) -> RowEvent | None:
        if now.key != self._sender and self._family.held_before(now):
            return _event(RowChange.STALE, now, None, now)
        if not now.form:
            return None
        return _event(RowChange.ADDED, now, None, now, wish=self._wishes.wish(now))

    def _written(self, now: Person, before: Person) -> RowEvent | None:
        if now.form == before.form:
            return None
        kind = self._kind(now)
        if kind is RowChange.STALE:
            return _event(kind, now, before, now)
        return self._changed(kind, now, before)

    def _kind(self, now: Person) -> RowChange:
        """Whose doing a row is that differs from the one in force."""
        copied = self._family.copied.get(now.key)
        untouched = copied is not None and copied.form == now.form
        if now.key == self._sender:
            return RowChange.STALE if untouched else RowChange.CHANGED_BY_OWNER
        if untouched or not now.form or (self._family.parent and self._family.held_before(now)):
            return RowChange.STALE
        if self._old_copy and not self._leads and not self._introduced(now):
            return RowChange.STALE
        return RowChange.CHANGED_BY_OTHER

    @cached_property
    def _old_copy(self) -> bool:
        """Whether rows that others wrote are missing: then the list grew out of one kept no longer."""
        people = self._family.in_force.values()
        return any(
            one.listed and one.form and one.key not in self._now and one.key != self._sender for one in people
        )

    def _changed(self, kind: RowChange, now: Person, before: Person) -> RowEvent:
        wish, old = self._wishes.wish(now), self._wishes.wish(before)
        own = kind is RowChange.CHANGED_BY_OWNER
        if wish.empty and own:
            return self._removed(before, now)
        if wish.units == old.units and (not wish.unclear or (old.unclear and not own)):
            return _event(RowChange.SAME, now, before, now)
        return _event(kind, now, before, now, wish=wish, old=old.units)

    def _missing(self, before: Person) -> RowEvent | None:
        if not before.listed or not before.form:
            return None  # lost and told before, or nothing to lose
        own = before.key == self._sender
        taken_out = own or (self._introduced(before) and not self._blank)
        if taken_out and before.key in self._family.copied:
            return self._removed(before, None)
        if self._elided and not own:
            return None
        return _event(RowChange.LOST, before, before, None)

    @cached_property
    def _blank(self) -> bool:
        """Whether more rows of others are gone than are left: nobody takes out the rows of a whole room."""
        filled = {one for one, person in self._now.items() if person.form}
        held = {one for one, person in self._family.in_force.items() if person.form and one != self._sender}
        return len(held - filled) > len(filled)

    def _introduced(self, person: Person) -> bool:
        """Whether the sender wrote this row for somebody who is not known to write lists."""
        if self._leads or self._family.parent:
            return False
        writers = {key(version.listed.sender) for version in self._family.versions}
        return person.key not in writers and key(self._family.first_with(person.key).sender) == self._sender

    def _removed(self, before: Person, now: Person | None) -> RowEvent:
        own = self._own_order if before.key == self._sender else None
        skus = [sku for sku in self._wishes.wish(before).named if own is None or own.get(sku)]
        event = _event(RowChange.REMOVED_BY_OWNER, now or before, before, now)
        return replace(event, changes=tuple(map(_drop, skus)))

    def _merged(self, told: Mapping[str, RowEvent]) -> SolitaireList:
        rows: list[SolitaireRow] = []
        for one, person in self._now.items():
            rows += self._kept(person, told.get(one))
        numbered = [
            row if row.number == number else replace(row, number=number) for number, row in enumerate(rows, 1)
        ]
        for one, person in self._family.in_force.items():
            gone = told.get(one)
            removed = gone is not None and gone.kind is RowChange.REMOVED_BY_OWNER
            if one not in self._now and person.form and not removed:
                numbered += [replace(row, number=0, span=_ELSEWHERE) for row in person.rows]
        return replace(self._current, rows=tuple(numbered), header=self._header())

    def _kept(self, person: Person, event: RowEvent | None) -> tuple[SolitaireRow, ...]:
        if event and event.kind is RowChange.STALE:
            before = self._family.in_force.get(person.key)
            return tuple(replace(row, span=_ELSEWHERE) for row in before.rows) if before else ()
        return person.rows

    def _header(self) -> str:
        """The newest wording: one that an older version already had is an old copy's."""
        versions = [version.listed for version in self._family.versions]
        if versions and self._current.header in {"", *(version.header for version in versions[1:])}:
            return versions[0].header
        return self._current.header


def _event(
    kind: RowChange,
    person: Person,
    before: Person | None,
    after: Person | None,
    *,
    wish: Wish | None = None,
    old: Iterable[str] = (),
) -> RowEvent:
    """With the order that the row now stands for; what is unclear may still be what it held."""
    dropped = (_drop(sku) for sku in old if wish and not wish.unclear and sku not in wish.units)
    return RowEvent(
        kind=kind,
        name=person.name,
        account_id=next((row.account_id for row in person.rows if row.account_id), ""),
        before=before.content if before else "",
        after=after.content if after else "",
        changes=(*wish.changes, *dropped) if wish else (),
        unclear=wish.unclear if wish else (),
    )


def _drop(sku: str) -> Change:
    return Change(kind=ChangeKind.DROP, sku=sku)
