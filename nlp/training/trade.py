"""Weights of words for nlp.trade, from what nlp/data asks of shops and what it only talks about.

`python -m nlp.training.trade` writes nlp/data/trade.txt anew.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import yaml

from nlp import vocabulary
from nlp.asking import asks
from nlp.grammar.words import Kind, table
from nlp.normalise import normalise
from nlp.trade import FILE, words

_ASKING = frozenset(
    ("product_query", "question", "order_query", "recommend", "aftersale", "points_query", "redeem")
)
_OTHER_TRADES = "trade-"
"""Files of questions to restaurants, schools, banks: what a shop's chat is not about."""
_SLOT = re.compile(r"\{\w+\}|[(|)]")
_HEAVIEST, _OTHERS = 2.0, -3.0
_THIRD_PERSONS = "他她它佢"
_ASKABLE = ("有", "没", "不", "能", "可以", "您", "你们")
"""Further words that any question to a shop may hold."""
_QUIET = frozenset(
    (
        Kind.QUESTION,
        Kind.TAG,
        Kind.REQUEST,
        Kind.SOFT,
        Kind.SELF,
        Kind.THAT,
        Kind.AND,
        Kind.IS,
        Kind.NOT,
        Kind.STILL,
        Kind.EACH,
        Kind.EVERY,
        Kind.ALL,
        Kind.AGREE,
        Kind.OTHERS,
        Kind.ABLE,
        Kind.COND,
        Kind.PAST,
        Kind.IF,
        Kind.FOR,
        Kind.HABIT,
    )
)


def asked(data: Path) -> Iterator[str]:
    """What people ask a shop, in the lines under the folder."""
    for file in sorted((data / "faq").glob("*.yaml")):
        if not file.name.startswith(_OTHER_TRADES):
            for topic in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
                yield from map(str, (*topic.get("ask", ()), *topic.get("say", ())))
    for label in sorted(_ASKING):
        yield from _lines(data, label)


def talked(data: Path) -> Iterator[str]:
    """Small talk under the folder."""
    return _lines(data, "chitchat")


def weigh(asked: Iterable[str], talked: Iterable[str]) -> dict[str, float]:
    """Weights of all words of both; what any question may hold weighs nothing, other people against."""
    trade, talk = _counted(asked), _counted(talked)
    fixed = _fixed({*trade, *talk})
    return {word: fixed.get(word, _ratio(word, trade, talk)) for word in sorted({*trade, *talk, *fixed})}


def _lines(data: Path, label: str) -> Iterator[str]:
    for file in sorted((data / "intents").glob(f"{label}.*txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                yield _SLOT.sub(" ", line)


def _counted(lines: Iterable[str]) -> Counter[str]:
    """In how many lines each word is."""
    return Counter(word for line in lines for word in set(words(normalise(line).text)))


def _ratio(word: str, trade: Counter[str], talk: Counter[str]) -> float:
    """How much likelier the word is in trade, as a bounded logarithm; what was never seen is smoothed."""
    in_trade = (trade[word] + 0.3) / (trade.total() + 9000)
    in_talk = talk[word] / (talk.total() + 3000)
    unseen = 30 if len(word) > 1 else 300
    in_writing = (vocabulary.shipped().occurrences(word) + unseen) / vocabulary.TOTAL
    ratio = math.log(in_trade / max(in_talk, in_writing))
    return round(max(-_HEAVIEST, min(_HEAVIEST, ratio)), 1)


def _fixed(seen: Iterable[str]) -> Mapping[str, float]:
    """Weights that are not counted: of closed-class words, and of those by which questions are asked."""
    listed = {word: kind for group in table().values() for word, kind in group if " " not in word}
    quiet = (word for word, kind in listed.items() if kind in _QUIET)
    asking = (word for word in seen if asks(word))
    people = (word for word in (*_THIRD_PERSONS, *listed) if word[0] in _THIRD_PERSONS)
    return dict.fromkeys((*_ASKABLE, *quiet, *asking), 0.0) | dict.fromkeys(people, _OTHERS)


def write(file: Path = FILE) -> None:
    """Count the words of the folder that the file is in."""
    weights = weigh(asked(file.parent), talked(file.parent))
    file.write_text("".join(f"{word} {weight:g}\n" for word, weight in weights.items()), encoding="utf-8")


if __name__ == "__main__":
    write()
