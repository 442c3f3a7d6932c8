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


def read(folders: Sequence[Path]) -> list[ChatLine]:
    """All scored messages of the chats below the folders but solitaire lists, which their form tells."""
    found = sorted(gold.parent for folder in folders for gold in folder.rglob("gold.jsonl"))
    return [line for folder in found for line in _chat(folder)]


def right(said: Sequence[str], chat: Sequence[ChatLine]) -> float:
    """The share of messages for which a right intent was said; commands count as `admin`."""
    pairs = zip(said, chat, strict=True)
    return sum(label.partition(".")[0] in line.intents for label, line in pairs) / max(len(chat), 1)


def _chat(folder: Path) -> Iterator[ChatLine]:
    shop = shopfile.read(folder / "shop.yaml")
    lexicon = Lexicon.of(shop.catalogue)
    situation = Situation(now=datetime.now(UTC), catalogue=shop.catalogue)
    for message, gold in zip(_rows(folder / "chat.jsonl"), _rows(folder / "gold.jsonl"), strict=True):
        if not gold.get("skip") and not solitaire.is_list(message["text"], situation):
            leader = message["sender"] == shop.entry.leader.id
            yield ChatLine(
                text=_masked(message["text"], lexicon, leader=leader), intents=_intents(gold["intent"])
            )


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
