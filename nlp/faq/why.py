"""Why an entry answers: the numbers that speak for it, in words."""

from collections.abc import Iterator, Sequence

from nlp.faq.entries import Entry
from nlp.faq.evidence import FEATURES
from nlp.faq.meaning import Meaning
from nlp.faq.question import kinds
from nlp.faq.ranker import Ranker

KINDS = {
    "when": "什么时候",
    "how_long": "多久",
    "where": "哪里",
    "how_much": "多少钱",
    "how_many": "多少",
    "may": "可不可以",
    "how": "怎么做",
    "what_if": "出了事怎么办",
    "why": "为什么",
    "who": "谁",
    "which": "哪一种",
    "is_there": "有没有",
    "whether": "是不是",
}
SAID = {
    "nearest": "最像的问法",
    "answer": "像答案",
    "topic": "同一话题",
    "elsewhere": "别的话题",
    "talk": "像闲聊",
    "overlap": "同字",
    "kinds_clash": "问的方面不同",
}


def reasons(entries: Sequence[Entry], meaning: Meaning, question: str, names: Sequence[str]) -> Iterator[str]:
    """One line for what is asked, then one for every entry named: its share of each kind of evidence."""
    asked = "、".join(KINDS.get(kind, kind) for kind in sorted(kinds(question)))
    yield f"问的是：{asked or '看不出'}"
    limits = meaning.limits
    yield f"门槛：答 {limits.answer:.2f}，领先 {limits.margin:.2f}，猜 {limits.suggest:.2f}"
    if not isinstance(meaning, Ranker):
        return
    shortlist = meaning.evidence.shortlist(question)
    for number, row in zip(shortlist.entries, shortlist.features, strict=True):
        if entries[number].id in names:
            shown = "  ".join(
                f"{said} {row[FEATURES.index(name)]:.2f}" for name, said in SAID.items() if name in FEATURES
            )
            yield f"{entries[number].id}：{shown}"
