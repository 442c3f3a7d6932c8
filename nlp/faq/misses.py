"""Questions that no entry answered: masked, put together by likeness, written as a draft of entries."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nlp.faq.overlap import Rarity, grams
from nlp.faq.writing import compact
from nlp.normalise import normalise

ALIKE = 0.45
_NUMBER = re.compile(r"\d{5,}")
_NAMED = re.compile(r"@\S{1,20}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions that look like one; `count` of times it was asked, in any of the writings."""

    questions: tuple[str, ...]
    count: int


def masked(text: str) -> str:
    """Without names that were called and without long numbers."""
    return " ".join(_NUMBER.sub("***", _NAMED.sub("", normalise(text).text)).split())


def grouped(asked: Iterable[str]) -> tuple[Group, ...]:
    """Groups of alike questions, the most asked first."""
    counts: dict[str, int] = {}
    for text in map(masked, asked):
        if compact(text):
            counts[text] = counts.get(text, 0) + 1
    rarity = Rarity((text,) for text in counts)
    groups: list[list[str]] = []
    for text in sorted(counts, key=lambda one: -counts[one]):
        home = next((group for group in groups if _likeness(rarity, text, group) >= ALIKE), None)
        if home is None:
            groups.append([text])
        else:
            home.append(text)
    made = [Group(questions=tuple(group), count=sum(counts[text] for text in group)) for group in groups]
    return tuple(sorted(made, key=lambda group: -group.count))


def draft(groups: Sequence[Group], today: date) -> str:
    """Entries to complete by hand, as YAML; switched off until somebody has written the answers."""
    head = f"# {today} 没答上来的问题,按次数排。写好 a,把 enabled 一行删掉就生效。\n"
    return head + "".join(_entry(group, number, today) for number, group in enumerate(groups, 1))


def _entry(group: Group, number: int, today: date) -> str:
    phrasings = "".join(f"    - {_quoted(question[:200])}\n" for question in group.questions[:20])
    return (
        f"- id: miss-{today:%m%d}-{number}  # 问过 {group.count} 次\n"
        f"  q:\n{phrasings}  a: 待写\n  enabled: false\n"
    )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _likeness(rarity: Rarity, text: str, group: Sequence[str]) -> float:
    return max(rarity.likeness(grams(text), grams(other)) for other in group)
