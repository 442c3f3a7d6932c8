"""The answers that are in force, made to be asked: exact, keywords, patterns, meaning, suggestion, miss."""

from collections.abc import Mapping, Sequence
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
LONGEST = 300
"""Characters above which a message is no question for the FAQ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question with the entries that may answer it."""

    text: str
    written: str
    allowed: Mapping[str, Entry]
    now: datetime


class FaqIndex:
    """Finds the entry that answers a text. Never changes: new files make a new index."""

    def __init__(self, entries: Sequence[Entry], meaning: Meaning | None = None) -> None:
        """`meaning` must have been made of the same entries; without it words alone decide."""
        self.entries = tuple(entries)
        self._meaning = meaning or Words(self.entries)
        self._always = {entry.id: entry for entry in self.entries if _for_everybody(entry)}
        self._sometimes = [entry for entry in self.entries if entry.enabled and entry.id not in self._always]
        self._exact: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for phrasing in entry.q:
                self._exact.setdefault(compact(phrasing), []).append(entry)

    def find(self, text: str, *, room: str, role: Role, now: datetime) -> FaqMatch:
        """The entry that answers the text, or a match without entry; its rule says which step decided."""
        asked = self._asked(text, room, role, now)
        if not asked.written or not asked.allowed or len(text) > LONGEST:
            return FaqMatch(entry="", score=0.0, rule="miss")
        for step in (self._by_exact, self._by_keywords, self._by_pattern):
            if (entry := step(asked)) is not None:
                return _match(entry, 1.0, step.__name__.removeprefix("_by_"), now, ((entry.id, 1.0),))
        return self._by_meaning(asked)

    def _asked(self, text: str, room: str, role: Role, now: datetime) -> _Asked:
        more = {
            entry.id: entry
            for entry in self._sometimes
            if entry.in_force(now) and _reaches(entry, room, role) and not self._barred(entry, text)
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
        if rule != "meaning":
            return FaqMatch(entry="", score=score, rule=rule, candidates=candidates)
        return _match(asked.allowed[best], score, rule, asked.now, candidates)

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


def _match(
    entry: Entry, score: float, rule: str, now: datetime, candidates: tuple[tuple[str, float], ...]
) -> FaqMatch:
    """The match of an entry; several answers take turns by the minute."""
    return FaqMatch(
        entry=entry.id,
        score=score,
        rule=rule,
        candidates=candidates,
        answer=entry.a[now.minute % len(entry.a)],
        cooldown=entry.cooldown,
        handoff=entry.handoff,
    )


def _for_everybody(entry: Entry) -> bool:
    """Whether the entry takes part in every question, whoever asks, where and when."""
    timed = entry.valid_from is not None or entry.valid_until is not None
    return entry.enabled and not timed and not entry.must_not_match and entry.scope == Scope()


def _reaches(entry: Entry, room: str, role: Role) -> bool:
    in_room = not entry.scope.rooms or room in entry.scope.rooms
    return in_room and (entry.scope.role == "member" or role >= Role.HELPER)


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
