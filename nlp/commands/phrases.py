"""Phrases of commands (phrases.txt), matched against whole clauses, never inside talk."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nlp.commands.slots import COUNT, GOODS, MONEY, NAME, NUMBER, TIME, Slots

_AND = "(?: ?(?:的?(?:和|跟|与|还有|及|同|,|、|/))? ?"
_SIGNS = {
    "goods": f"{GOODS}{_AND}{GOODS})*",
    "names": f"{NAME}{_AND}{NAME})*",
    "name": NAME,
    "count": f"[{COUNT}{NUMBER}]",
    "units": f"[{COUNT}{NUMBER}{MONEY}]",
    "counted": COUNT,
    "number": NUMBER,
    "amount": MONEY,
    "time": TIME,
    "money": rf"[{MONEY}{NUMBER}](?: ?(?:元|块))?(?: ?[/每一]? ?{COUNT}| ?[/每一] ?[^\s{COUNT}]{{1,2}})?",
}
_REFERENCE = re.compile(r"(?<!\?P)<([a-z_]+)>")
_LONGEST_WINDOW = 4
_MOST_CLAUSES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A phrase that explains the clauses `span` of the text with signs; `rest` is what the others say."""

    match: re.Match[str]
    span: tuple[int, int]
    rest: str


def prepare() -> None:
    """Compile every phrase, which takes a while, before the first leader speaks."""
    for act in _grammar().acts:
        _patterns((act,))


def find(slots: Slots, *acts: str) -> Found | None:
    """The longest run of whole clauses that is a phrase of one of the acts."""
    return next(find_all(slots, *acts), None)


def find_all(slots: Slots, *acts: str) -> Iterator[Found]:
    """Every run of clauses that is a phrase of one of the acts, none overlapping, longest first."""
    patterns = _patterns(tuple(act for act in acts if _grammar().hints[act].search(slots.text)))
    taken: list[tuple[int, int]] = []
    for start, end in _windows(slots) if patterns else ():
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        match = next((m for one in patterns if (m := one.fullmatch(slots.text, start, end))), None)
        if match:
            taken.append((start, end))
            yield Found(match=match, span=(start, end), rest=slots.text[:start] + " " + slots.text[end:])


def _windows(slots: Slots) -> Iterator[tuple[int, int]]:
    clauses = slots.clauses[:_MOST_CLAUSES]
    yield 0, len(slots.text.rstrip())
    for length in range(min(_LONGEST_WINDOW, len(clauses)), 0, -1):
        for index in range(len(clauses) - length + 1):
            yield clauses[index][0], clauses[index + length - 1][1]


@cache
def _patterns(acts: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    grammar = _grammar()
    opened, closed = f"(?:{grammar.word('openers')} ?)*", f"(?: ?{grammar.word('closers')})*"
    phrases = (grammar.expand(phrase.replace(" ", " ?")) for act in acts for phrase in grammar.acts[act])
    return tuple(re.compile(f"{opened}(?:{phrase}){closed}") for phrase in phrases)


@dataclass(frozen=True, kw_only=True)
class _Grammar:
    """The file: alternatives of words, phrases of acts, both with references in angle brackets."""

    words: Mapping[str, Sequence[str]]
    acts: Mapping[str, Sequence[str]]
    hints: Mapping[str, re.Pattern[str]]

    def word(self, name: str) -> str:
        """A pattern for a reference."""
        if name in _SIGNS:
            return f"(?:{_SIGNS[name]})"
        return f"(?:{'|'.join(self.expand(str(one)) for one in self.words[name])})"

    def expand(self, pattern: str) -> str:
        """A pattern without references."""
        return _REFERENCE.sub(lambda match: self.word(match[1]), pattern)


@cache
def _grammar() -> _Grammar:
    kinds: dict[str, dict[str, list[str]]] = {"word": {}, "act": {}}
    hints: dict[str, re.Pattern[str]] = {}
    current: list[str] = []
    for line in files("nlp.commands").joinpath("phrases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            current.append(line.strip())
        elif line and not line.startswith("#"):
            kind, name, *hint = line.split()
            current = kinds[kind].setdefault(name, [])
            if hint:
                hints[name] = re.compile(hint[0])
    return _Grammar(words=kinds["word"], acts=kinds["act"], hints=hints)
