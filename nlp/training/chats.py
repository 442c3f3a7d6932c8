"""Labelled chats as lines to measure on: other people's words, the honest test."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot import shopfile
from bot.understanding import Situation
from nlp import solitaire
from nlp.lexicon import Lexicon
from nlp.masking import mask
from nlp.normalise import normalise
from nlp.quantities import quantities


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatLine:
    """A masked message and all intents that are right for it."""

    text: str
    intents: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message of a labelled chat: its text, the first of its labels, and the shop that it was said in."""

    text: str
    label: str
    lexicon: Lexicon
    leader: bool

    def masked(self, text: str) -> str:
        """A text of the same speaker as the model reads it."""
        return _masked(text, self.lexicon, leader=self.leader)


def said(folder: Path) -> Iterator[Said]:
    """All scored messages of the chats below the folder, as lines to learn from."""
    for gold in sorted(folder.rglob("gold.jsonl")):
        yield from _said(gold.parent)


def read(folders: Sequence[Path]) -> list[ChatLine]:
    """All scored messages of the chats below the folders but solitaire lists, which their form tells."""
    found = sorted(gold.parent for folder in folders for gold in folder.rglob("gold.jsonl"))
    return [line for folder in found for line in _chat(folder)]


def right(said: Sequence[str], chat: Sequence[ChatLine]) -> float:
    """The share of messages for which a right intent was said; commands count as `admin`."""
    pairs = zip(said, chat, strict=True)
    return sum(label.partition(".")[0] in line.intents for label, line in pairs) / max(len(chat), 1)


def _chat(folder: Path) -> Iterator[ChatLine]:
    for gold, one in _messages(folder):
        yield ChatLine(text=one.masked(one.text), intents=_intents(gold["intent"]))


def _said(folder: Path) -> Iterator[Said]:
    return (one for _, one in _messages(folder))


def _messages(folder: Path) -> Iterator[tuple[dict[str, Any], Said]]:
    shop = shopfile.read(folder / "shop.yaml")
    lexicon = Lexicon.of(shop.catalogue)
    situation = Situation(now=datetime.now(UTC), catalogue=shop.catalogue)
    for message, gold in zip(_rows(folder / "chat.jsonl"), _rows(folder / "gold.jsonl"), strict=True):
        text = message["text"]
        if not gold.get("skip") and not solitaire.is_list(text, situation):
            leader = message["sender"] == shop.entry.leader.id
            yield gold, Said(text=text, label=_label(gold), lexicon=lexicon, leader=leader)


def _label(gold: dict[str, Any]) -> str:
    """What the model is to say: of several right labels the first, of a command which one."""
    intent = gold["intent"]
    first: str = intent if isinstance(intent, str) else intent[0]
    if first == "admin":
        return f"admin.{gold['command']}"
    return "question" if first == "faq" else first


def _masked(text: str, lexicon: Lexicon, *, leader: bool) -> str:
    normalised = normalise(text)
    counted = quantities(normalised.text, lexicon.units)
    return mask(normalised, lexicon.mentions(normalised.text), counted, leader=leader)


def _intents(gold: str | list[str]) -> frozenset[str]:
    """What the FAQ answers is a question about goods or the shop: only the FAQ knows what it answers."""
    labels = gold if isinstance(gold, list) else [gold]
    questions = ("question", "product_query") if "faq" in labels else ()
    return frozenset((*(label for label in labels if label != "faq"), *questions))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
