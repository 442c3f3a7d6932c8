"""The answers that are in force, made to be asked: exact, keywords, patterns, meaning, suggestion, miss."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import regex

from bot.model import Role
from bot.understanding import FaqMatch
from nlp.faq.entries import Entry, Scope
from nlp.faq.meaning import Meaning, Words, decide
from nlp.faq.writing import compact
from nlp.normalise import normalise

PATTERN_SECONDS = 0.005
SUGGESTED, FAR_BEHIND = 3, 0.2
"""How many entries are suggested at most, and the share of the best score below which one is not."""
LONGEST = 300
"""Characters above which a message is no question for the FAQ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where and by whom a question is asked: the network's name of the room, the title of the group-buy."""

    room: str
    role: Role
    group_buy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question with the entries that may answer it."""

    text: str
    written: str
    allowed: Mapping[str, Entry]
    now: datetime


class FaqIndex:
    """Finds the entry that answers a text. Never changes: new files make a new index."""

    def __init__(self, entries: Sequence[Entry], meaning: Meaning | None = None, cooldown: int = 60) -> None:
        """`meaning` must have been made of the same entries; without it words alone decide.

        `cooldown` in seconds is that of entries that have none of their own.
        """
        self.entries = tuple(entries)
        self._cooldown = cooldown
        self._meaning = meaning or Words(self.entries)
        self._always = {entry.id: entry for entry in self.entries if _for_everybody(entry)}
        self._sometimes = [entry for entry in self.entries if entry.enabled and entry.id not in self._always]
        self._exact: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for phrasing in entry.q:
                self._exact.setdefault(compact(phrasing), []).append(entry)
        for entry in self.entries:
            if entry.title:
                self._exact.setdefault(compact(entry.title), []).append(entry)

    @property
    def meaning(self) -> Meaning:
        """What ranks the entries by meaning."""
        return self._meaning

    def find(self, text: str, *, room: str, role: Role, now: datetime, group_buy: str = "") -> FaqMatch:
        """The entry that answers the text, or a match without entry; its rule says which step decided."""
        asked = self._asked(text, _Place(room=room, role=role, group_buy=group_buy), now)
        if not asked.written or not asked.allowed or len(text) > LONGEST:
            return FaqMatch(entry="", score=0.0, rule="miss")
        for step in (self._by_exact, self._by_keywords, self._by_pattern):
            if (entry := step(asked)) is not None:
                return self._match(entry, 1.0, step.__name__.removeprefix("_by_"), now, ((entry.id, 1.0),))
        return self._by_meaning(asked)

    def chosen(
        self, entry: str, *, room: str, role: Role, now: datetime, group_buy: str = ""
    ) -> FaqMatch | None:
        """The answer of an entry that was suggested; None when it is not given any more, or not to them."""
        known = next((one for one in self.entries if one.id == entry), None)
        if known is None or not known.in_force(now):
            return None
        if not _reaches(known, _Place(room=room, role=role, group_buy=group_buy)):
            return None
        return self._match(known, 1.0, "chosen", now, ((known.id, 1.0),))

    def _asked(self, text: str, place: _Place, now: datetime) -> _Asked:
        more = {
            entry.id: entry
            for entry in self._sometimes
            if entry.in_force(now) and _reaches(entry, place) and not self._barred(entry, text)
        }
        allowed = {**self._always, **more} if more else self._always
        return _Asked(text=text, written=compact(text), allowed=allowed, now=now)

    def _by_exact(self, asked: _Asked) -> Entry | None:
        found = [entry for entry in self._exact.get(asked.written, ()) if entry.id in asked.allowed]
        return max(found, key=lambda entry: entry.priority, default=None)

    def _by_keywords(self, asked: _Asked) -> Entry | None:
        found = [
            (entry, hits)
            for entry in self._with_keywords
            if entry.id in asked.allowed and (hits := _keyword_hits(entry, asked.written))
        ]
        return _best(found)

    def _by_pattern(self, asked: _Asked) -> Entry | None:
        found = [
            (entry, 1)
            for entry in self._with_patterns
            if entry.id in asked.allowed
            and any(self._matches(pattern, asked.text) for pattern in entry.regex)
        ]
        return _best(found)

    def _by_meaning(self, asked: _Asked) -> FaqMatch:
        ranked = [
            (entry_id, score)
            for entry_id, score in self._meaning.ranked(asked.text)
            if entry_id in asked.allowed
        ]
        rule = decide(ranked, self._meaning.limits)
        best, score = ranked[0] if ranked else ("", 0.0)
        candidates = tuple(ranked[:5])
        if rule == "meaning":
            return self._match(asked.allowed[best], score, rule, asked.now, candidates)
        suggested = tuple(_suggested(ranked, asked.allowed)) if rule == "suggest" else ()
        return FaqMatch(entry="", score=score, rule=rule, candidates=candidates, suggested=suggested)

    def _match(
        self, entry: Entry, score: float, rule: str, now: datetime, candidates: tuple[tuple[str, float], ...]
    ) -> FaqMatch:
        """The match of an entry; several answers take turns by the minute."""
        return FaqMatch(
            entry=entry.id,
            score=score,
            rule=rule,
            candidates=candidates,
            answer=entry.a[now.minute % len(entry.a)],
            cooldown=self._cooldown if entry.cooldown is None else entry.cooldown,
            handoff=entry.handoff,
        )

    def _barred(self, entry: Entry, text: str) -> bool:
        return any(self._matches(pattern, text) for pattern in entry.must_not_match)

    @cached_property
    def _with_keywords(self) -> Sequence[Entry]:
        return [entry for entry in self.entries if entry.keywords is not None]

    @cached_property
    def _with_patterns(self) -> Sequence[Entry]:
        return [entry for entry in self.entries if entry.regex]

    @cached_property
    def _patterns(self) -> Mapping[str, regex.Pattern[str]]:
        written = {pattern for entry in self.entries for pattern in (*entry.regex, *entry.must_not_match)}
        return {pattern: regex.compile(pattern, regex.IGNORECASE) for pattern in written}

    def _matches(self, pattern: str, text: str) -> bool:
        """Whether the pattern is in the text; one that takes too long is not."""
        try:
            return self._patterns[pattern].search(normalise(text).text, timeout=PATTERN_SECONDS) is not None
        except TimeoutError:
            return False


def _for_everybody(entry: Entry) -> bool:
    """Whether the entry takes part in every question, whoever asks, where and when."""
    timed = entry.valid_from is not None or entry.valid_until is not None
    return entry.enabled and not timed and not entry.must_not_match and entry.scope == Scope()


def _reaches(entry: Entry, place: _Place) -> bool:
    scope = entry.scope
    in_room = not scope.rooms or place.room in scope.rooms
    on_sale = not scope.group_buys or place.group_buy in scope.group_buys
    return in_room and on_sale and (scope.role == "member" or place.role >= Role.HELPER)


def _suggested(
    ranked: Sequence[tuple[str, float]], allowed: Mapping[str, Entry]
) -> Iterator[tuple[str, str]]:
    """Ids and titles of the best, without those that are far behind."""
    for name, score in ranked[:SUGGESTED]:
        if score >= FAR_BEHIND * ranked[0][1]:
            yield name, allowed[name].title or allowed[name].q[0]


def _keyword_hits(entry: Entry, written: str) -> int:
    """How many of the entry's keywords the text has; 0 where its group does not hold."""
    group = entry.keywords
    if group is None or any(compact(word) in written for word in group.none):
        return 0
    every = [compact(word) in written for word in group.all]
    some = [compact(word) in written for word in group.any]
    return sum(every) + sum(some) if all(every) and (any(some) or not some) else 0


def _best(found: Sequence[tuple[Entry, int]]) -> Entry | None:
    """The entry of highest priority and most hits; none where two are equal: then the meaning decides."""
    order = sorted(found, key=lambda pair: (pair[0].priority, pair[1]), reverse=True)
    ranks = [(entry.priority, hits) for entry, hits in order]
    if not order or (len(order) > 1 and ranks[0] == ranks[1]):
        return None
    return order[0][0]
