"""Scores of the bot on labelled chats: what it booked, said and took messages for, against what is right."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot import jsonlines
from bot.errors import ConfigError, Fault
from bot.replay import Replayed, read_chat, replay
from bot.scores import Score

Cells = Mapping[tuple[str, str], int]
HEADS = {
    "intent": "意图",
    "orders exact": "订单",
    "false effect": "误记",
    "final book": "账本",
    "clarify": "追问",
    "silence": "安静",
    "answered": "应答",
    "command": "命令",
    "faq": "问答",
}
"""What each figure is called where it is shown; docs/understanding.md explains them."""
FIGURES = tuple(HEADS)
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


async def evaluate(folder: Path) -> Score:
    """Replay the chat of a scenario folder and score it."""
    chat, gold = read_chat(folder / "chat.jsonl"), jsonlines.read(folder / "gold.jsonl", Gold)
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
    """Count one message; gives back what was wrong with it, as people read it."""
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
        _difference(figure, gold, result)
        for figure, (counts, right) in checks.items()
        if counts and not score.count(figure, right=right)
    ]
    if not gold.cells and score.count("false effect", right=bool(effects)):
        wrong.append(f"{HEADS['false effect']} {_booked(effects)}")
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


def _difference(figure: str, gold: Gold, result: Replayed) -> str:
    """What was got, and what is right."""
    spoke = "说了话" if result.replies else "没说话"
    got, right = {
        "intent": (result.intent, "/".join(gold.intents)),
        "orders exact": (_booked(_net(result.effects)), _booked(gold.cells)),
        "clarify": (f"记了{_booked(_net(result.effects))}" if result.effects else spoke, "只问一句"),
        "command": (result.command or "无", gold.command),
        "faq": (result.faq or "无", gold.faq),
    }.get(figure, (spoke, "说话" if figure == "answered" else "不说"))
    return f"{HEADS[figure]} {got}，应为 {right}"


def _booked(cells: Cells) -> str:
    return "、".join(f"{member} {sku} {delta:+d}" for (member, sku), delta in cells.items()) or "没记"


def _net(effects: Iterable[tuple[str, str, int]]) -> Cells:
    net: Counter[tuple[str, str]] = Counter()
    for member, sku, delta in effects:
        net[member, sku] += delta
    return {cell: delta for cell, delta in net.items() if delta}
