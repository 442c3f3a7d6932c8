"""Scores of the bot on labelled chats: what it booked, said and took messages for, against what is right."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import ConfigError, Fault
from bot.replay import Replayed, read_chat, replay

Cells = Mapping[tuple[str, str], int]
FIGURES = (
    "intent",
    "orders exact",
    "false effect",
    "final book",
    "clarify",
    "silence",
    "answered",
    "command",
    "faq",
)
LOWER_IS_BETTER = frozenset({"false effect"})


class Effect(BaseModel):
    """One right change of the order book."""

    member: str
    sku: str
    delta: int


class Gold(BaseModel):
    """What is right for one message; `skip` counts for the book only."""

    model_config = ConfigDict(extra="ignore")

    id: str
    intent: str | tuple[str, ...]
    effects: tuple[Effect, ...] = ()
    reply: str = "any"
    clarify: bool = False
    skip: bool = False
    command: str = ""
    faq: str = ""

    @property
    def intents(self) -> tuple[str, ...]:
        """Every label that is accepted."""
        return (self.intent,) if isinstance(self.intent, str) else self.intent

    @property
    def cells(self) -> Cells:
        """Net change by member and SKU."""
        return _net((effect.member, effect.sku, effect.delta) for effect in self.effects)


@dataclass(slots=True, kw_only=True)
class Score:
    """Right ones and all of each figure, and the messages that went wrong."""

    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def count(self, figure: str, *, right: bool) -> bool:
        """Count one case; gives back whether it was right."""
        self.of[figure] += 1
        self.right[figure] += right
        return right

    def add(self, other: "Score") -> None:
        """Take in another chat's score."""
        self.right += other.right
        self.of += other.of
        self.misses += other.misses

    def share(self, figure: str) -> float | None:
        """Per cent, None where there was no case."""
        return 100 * self.right[figure] / self.of[figure] if self.of[figure] else None


def read_gold(path: Path) -> tuple[Gold, ...]:
    """Labels of a JSON-lines file. Raises ConfigError with every bad line."""
    gold: list[Gold] = []
    faults: list[Fault] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            gold.append(Gold.model_validate_json(line))
        except ValidationError as error:
            allowed = "; ".join(f"{'.'.join(map(str, one['loc']))} {one['msg']}" for one in error.errors())
            faults.append(Fault(file=str(path), line=number, column=1, found=line[:60], allowed=allowed))
    if faults:
        raise ConfigError(*faults)
    return tuple(gold)


async def evaluate(folder: Path) -> Score:
    """Replay the chat of a scenario folder and score it."""
    chat, gold = read_chat(folder / "chat.jsonl"), read_gold(folder / "gold.jsonl")
    if [line.id for line in chat] != [label.id for label in gold]:
        raise ConfigError(Fault(file=str(folder / "gold.jsonl"), allowed="与 chat.jsonl 一一对应的行"))
    score, book, right_book = Score(), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    results = [result async for result in replay(folder / "shop.yaml", chat)]
    for line, label, result in zip(chat, gold, results, strict=True):
        book.update(_net(result.effects))
        right_book.update(label.cells)
        if not label.skip and (wrong := judge(score, label, result)):
            score.misses.append(f"{folder.name}/{line.id} {line.text!r}: {'; '.join(wrong)}")
    for cell in book.keys() | right_book.keys():
        score.count("final book", right=book[cell] == right_book[cell])
    return score


def judge(score: Score, gold: Gold, result: Replayed) -> list[str]:
    """Count one message; gives back what was wrong with it."""
    effects, replied = _net(result.effects), bool(result.replies)
    checks = {
        "intent": (True, result.intent in gold.intents),
        "orders exact": (bool(gold.cells), effects == gold.cells),
        "clarify": (gold.clarify, not effects and replied),
        "silence": (gold.reply == "no", not replied),
        "answered": (gold.reply == "yes", replied),
        "command": (gold.intents[0] == "admin", result.command == gold.command),
        "faq": (gold.intents[0] == "faq", result.faq == gold.faq),
    }
    wrong = [
        f"{figure} ({_got(figure, result)})"
        for figure, (counts, right) in checks.items()
        if counts and not score.count(figure, right=right)
    ]
    if not gold.cells and score.count("false effect", right=bool(effects)):
        wrong.append(f"false effect {dict(effects)}")
    return wrong


def draft(result: Replayed) -> str:
    """A line of a gold file that says what the bot did, to be corrected by hand."""
    row: dict[str, object] = {"id": result.id, "intent": result.intent}
    if result.command:
        row["command"] = result.command
    if result.faq:
        row["faq"] = result.faq
    row["effects"] = [{"member": name, "sku": sku, "delta": delta} for name, sku, delta in result.effects]
    row["reply"] = "yes" if result.replies else "no"
    return json.dumps(row, ensure_ascii=False)


def _got(figure: str, result: Replayed) -> object:
    return {"orders exact": dict(_net(result.effects)), "intent": result.intent, "faq": result.faq}.get(
        figure, result.command if figure == "command" else "spoke" if result.replies else "silent"
    )


def _net(effects: Iterable[tuple[str, str, int]]) -> Cells:
    net: Counter[tuple[str, str]] = Counter()
    for member, sku, delta in effects:
        net[member, sku] += delta
    return {cell: delta for cell, delta in net.items() if delta}
