"""Questions that no entry answered: put together by likeness, written as a draft of entries."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nlp.faq.overlap import Rarity, grams
from nlp.faq.writing import compact

ALIKE, COMPARED = 0.45, 20
"""Likeness from which two questions are one, and the groups that a question is compared with."""
UNWRITTEN = "待写"
"""Stands for the answer that somebody has to write; an entry that is switched on must not say it."""
MOST_PHRASINGS, LONGEST = 20, 200
HEAD = "# {today} 没答上来的问题，按次数排。写好 a，把 enabled 一行删掉就生效。\n"
ASKED = "问过 {count} 次"
OF_NO_USE = "，{entries} 答了但被说没用"


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A masked question; `entry` answered it to no use, "" where nothing answered."""

    text: str
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions that look like one; `count` of times it was asked, in any of the writings."""

    questions: tuple[str, ...]
    count: int
    entries: tuple[str, ...] = ()


def grouped(asked: Iterable[Miss]) -> tuple[Group, ...]:
    """Groups of alike questions, the most asked first."""
    counts: dict[str, int] = {}
    answered: dict[str, list[str]] = {}
    for miss in asked:
        if compact(miss.text):
            counts[miss.text] = counts.get(miss.text, 0) + 1
            answered.setdefault(miss.text, []).extend([miss.entry] if miss.entry else [])
    made = [
        Group(
            questions=tuple(group),
            count=sum(counts[text] for text in group),
            entries=tuple(dict.fromkeys(entry for text in group for entry in answered[text])),
        )
        for group in _groups(sorted(counts, key=lambda one: -counts[one]))
    ]
    return tuple(sorted(made, key=lambda group: -group.count))


def _groups(texts: Sequence[str]) -> Sequence[Sequence[str]]:
    """Each text with the first group that has one like it; groups that share nothing are not compared."""
    rarity = Rarity((text,) for text in texts)
    groups: list[list[str]] = []
    having: dict[str, list[int]] = {}
    for text in texts:
        shared = Counter(number for gram in grams(text) for number in having.get(gram, ()))
        near = sorted(number for number, _ in shared.most_common(COMPARED))
        home = next((number for number in near if _likeness(rarity, text, groups[number]) >= ALIKE), None)
        if home is None:
            home = len(groups)
            groups.append([])
            for gram in grams(text):
                having.setdefault(gram, []).append(home)
        groups[home].append(text)
    return groups


def draft(groups: Sequence[Group], today: date, taken: Collection[str] = ()) -> str:
    """Entries to complete by hand, as YAML; switched off until somebody has written the answers.

    Their ids are none of those `taken`.
    """
    ids = (name for number in range(1, 10**6) if (name := f"miss-{today:%m%d}-{number}") not in taken)
    entries = (_entry(group, name) for group, name in zip(groups, ids, strict=False))
    return HEAD.format(today=today) + "".join(entries)


def _entry(group: Group, name: str) -> str:
    questions = group.questions[:MOST_PHRASINGS]
    phrasings = "".join(f"    - {_quoted(question[:LONGEST])}\n" for question in questions)
    note = ASKED.format(count=group.count)
    if group.entries:
        note += OF_NO_USE.format(entries="、".join(group.entries))
    return f"- id: {name}  # {note}\n  q:\n{phrasings}  a: {UNWRITTEN}\n  enabled: false\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _likeness(rarity: Rarity, text: str, group: Sequence[str]) -> float:
    return max(rarity.likeness(grams(text), grams(other)) for other in group)
