"""FAQs of many trades with labelled questions, written by hand (nlp/data/faq_trials)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from nlp.faq.entries import Entry
from nlp.training.encoder_corpus import DATA
from nlp.training.ranker_trial import Trial

KINDS = ("everyday", "hard")
JUDGED = (
    "courier_station", "dentist", "kids_clothes", "pet_store", "pharmacy", "snacks_groupbuy",
    "water_rice_oil",
)  # fmt: skip
"""Trades that the encoder does not learn from, so that the ranker may; the encoder learns from all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """A shop's entries, and questions with the id of the entry that answers them, None for none."""

    name: str
    entries: tuple[Entry, ...]
    asked: tuple[tuple[str, str | None], ...]

    def trial(self) -> Trial:
        """The same with the entries' numbers."""
        numbers = {entry.id: number for number, entry in enumerate(self.entries)}
        asked = tuple((text, -1 if name is None else numbers[name]) for text, name in self.asked)
        return Trial(entries=self.entries, asked=asked)


def trades(folder: Path = DATA / "faq_trials", kinds: Sequence[str] = KINDS) -> tuple[Trade, ...]:
    """All trades, by name, with their questions of these kinds."""
    return tuple(_trade(path, kinds) for path in sorted(folder.iterdir()) if path.is_dir())


def _trade(folder: Path, kinds: Sequence[str]) -> Trade:
    entries = yaml.load((folder / "faq.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    rows = [
        json.loads(line)
        for kind in kinds
        for line in (folder / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    return Trade(
        name=folder.name,
        entries=tuple(Entry(id=one["id"], q=tuple(one["q"]), a=(one["a"],)) for one in entries),
        asked=tuple((row["q"], row["faq"]) for row in rows),
    )
