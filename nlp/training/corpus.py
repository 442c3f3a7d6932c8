"""The corpus of the shipped model: every written line in several guises, masked as it will be when it runs.

`python -m nlp.training.corpus FOLDER` writes train.jsonl and dev.jsonl; the same seed gives the same files.
"""

import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from rich.progress import track

from nlp.asking import asks
from nlp.lexicon import Lexicon
from nlp.masking import mask
from nlp.normalise import normalise
from nlp.quantities import quantities
from nlp.training import chats
from nlp.training import lines as files
from nlp.training.filling import filled
from nlp.training.lines import Line
from nlp.training.shops import Shop, shops
from nlp.training.surface import dressed
from nlp.training.templates import Template, templates

SEED = 20260301
CHATS = Path(__file__).parent.parent.parent / "tests" / "data" / "chats"
"""Labelled chats of the repository, which the grammar learned from too; tests/data/exam stays unseen."""
COPIES = 8
"""Guises of every written line. All lines have the same number, whoever wrote them."""

_DEV_SHARE = 0.08
_OF_A_TOPIC = {"product_query": 5, "question": 8}
"""Lines taken from one FAQ topic, so that the many topics do not outweigh the other intents."""
_ASIDE = 0.05
_ASIDES = {"life", "short", "neighbours", "numbers"}
"""Voices of small talk that people put before or behind what they want."""
_UNKNOWN_SHOP = 0.04
_LEADERS_VOICES = {"answers", "leader"}
_ANSWERED_BY_LEADER, _SAID_BY_LEADER = 0.8, 0.03
_TYPED_BY_MEMBER = 4
"""Every so-manieth guise of a command is typed by a member: then it is talk."""
_NO_MEMBERS_WISH = {
    f"admin.{command}"
    for command in ("close", "open", "summary", "export", "announce", "arrived", "paid", "picked_up", "price")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Lines to learn from, and lines of other thoughts to measure on."""

    train: tuple[Line, ...]
    dev: tuple[Line, ...]


def build(*, seed: int = SEED, copies: int = COPIES, share: float = 1.0) -> Corpus:
    """The corpus from all written lines, or from a `share` of them for learning curves (dev stays whole)."""
    chosen = _chosen(templates(), Random(seed))
    held_out = [one for one in chosen if _place(one.group) < _DEV_SHARE]
    kept = [one for one in chosen if _place(one.group) >= _DEV_SHARE and _place(one.text) < share]
    asides = [one for one in kept if one.label == "chitchat" and one.voice in _ASIDES]
    random = Random(seed + 1)
    train = _guises(kept, copies, asides, random, "训练语料")
    dev = _guises(held_out, 2, (), random, "开发语料")
    return Corpus(train=(*train, *_said(CHATS, copies, random)), dev=tuple(dev))


def _said(folder: Path, copies: int, random: Random) -> Iterator[Line]:
    """The messages of labelled chats, each in several guises; none where the folder is not there."""
    for said in chats.said(folder) if folder.exists() else ():
        seen = {dressed(said.text, random) for _ in range(copies)}
        for text in sorted(seen):
            yield Line(text=said.masked(text), intent=said.label, source=said.text)


def _chosen(all_of_them: Sequence[Template], random: Random) -> list[Template]:
    """All utterances, and of every FAQ topic some lines."""
    by_topic: dict[str, list[Template]] = defaultdict(list)
    for one in all_of_them:
        if one.voice == "faq":
            by_topic[one.group.split(":")[0]].append(one)
    chosen = [one for one in all_of_them if one.voice != "faq"]
    for topic in by_topic.values():
        wanted = _OF_A_TOPIC.get(topic[0].label, len(topic))
        chosen += random.sample(topic, min(wanted, len(topic)))
    return chosen


def _place(text: str) -> float:
    """A number from 0 to 1 that depends on the text alone."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / 2**32


def _guises(
    chosen: Sequence[Template], copies: int, asides: Sequence[Template], random: Random, title: str
) -> Iterator[Line]:
    for template in track(chosen, title, transient=True):
        seen = set[str]()
        for copy in range(copies):
            by_member = copy % _TYPED_BY_MEMBER == 0 and _is_plain_command(template)
            label = "chitchat" if by_member else template.label
            text = _guise(template, asides, random, leader=not by_member and _by_leader(template, random))
            if text and text not in seen:
                seen.add(text)
                yield Line(text=text, intent=label, source=template.group)


def _guise(template: Template, asides: Sequence[Template], random: Random, *, leader: bool) -> str:
    shop = random.choice(shops())
    text = filled(template.worded(random), shop, random)
    if asides and _takes_aside(template) and random.random() < _ASIDE:
        aside = filled(random.choice(asides).worded(random), shop, random)
        text = " ".join(random.sample((aside, text), 2))
    reader = random.choice(shops()) if random.random() < _UNKNOWN_SHOP else shop
    return masked(dressed(text, random), reader, leader=leader)


def _takes_aside(template: Template) -> bool:
    return template.label != "chitchat" and not template.label.startswith("admin")


def _by_leader(template: Template, random: Random) -> bool:
    """Leaders give the commands and most of the answers, and now and then say what members say."""
    if template.label.startswith("admin"):
        return True
    return random.random() < (_ANSWERED_BY_LEADER if template.voice in _LEADERS_VOICES else _SAID_BY_LEADER)


def _is_plain_command(template: Template) -> bool:
    """A command that is talk when a member types it, and neither a question nor an order."""
    return template.label in _NO_MEMBERS_WISH and not asks(template.text)


def masked(text: str, shop: Shop, *, leader: bool = False) -> str:
    """The text as the model reads it when the shop's goods are on sale."""
    normalised = normalise(text)
    lexicon = Lexicon.of(shop.catalogue)
    return mask(
        normalised,
        lexicon.mentions(normalised.text),
        quantities(normalised.text, lexicon.units),
        leader=leader,
    )


def write(folder: Path, corpus: Corpus) -> None:
    """Write train.jsonl and dev.jsonl."""
    folder.mkdir(parents=True, exist_ok=True)
    files.write(folder / "train.jsonl", corpus.train)
    files.write(folder / "dev.jsonl", corpus.dev)


if __name__ == "__main__":
    write(Path(sys.argv[1]), build())
