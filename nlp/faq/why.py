"""Why an entry answers: the numbers that speak for it, in words."""

from collections.abc import Iterator, Sequence

from nlp import encoder as encoders
from nlp.encoder import SHIPPED
from nlp.faq.background import Background
from nlp.faq.entries import Entry
from nlp.faq.evidence import FEATURES, Evidence
from nlp.faq.question import kinds
from nlp.faq.shipped import BACKGROUND, meaning_of

SAID = {
    "nearest": "最像的问法",
    "answer": "像答案",
    "topic": "同一话题",
    "elsewhere": "别的话题",
    "talk": "像闲聊",
    "overlap": "同字",
    "kinds_clash": "问的方面不同",
}


def reasons(entries: Sequence[Entry], question: str, names: Sequence[str]) -> Iterator[str]:
    """One line for every entry named: its share of each kind of evidence."""
    yield f"问的是 {'、'.join(sorted(kinds(question))) or '看不出'}"
    if not entries or meaning_of(entries) is None:
        return
    evidence = Evidence(entries, encoders.shipped(), Background.load(SHIPPED / BACKGROUND))
    shortlist = evidence.shortlist(question)
    for number, row in zip(shortlist.entries, shortlist.features, strict=True):
        if entries[number].id in names:
            shown = "  ".join(f"{said} {row[FEATURES.index(name)]:.2f}" for name, said in SAID.items())
            yield f"{entries[number].id}: {shown}"
