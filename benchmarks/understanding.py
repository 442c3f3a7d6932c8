"""Understanding of all recorded messages, without and with the model, beside jieba's bare cut of them."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import jieba
from rich.table import Table

from benchmarks._chats import Asked, asked
from benchmarks._figures import Sample, ms, table
from bot.shopfile import read_all
from bot.understanding import Situation
from nlp.classifier import IntentModel
from nlp.understander import GrammarUnderstander

ROUNDS = 3
ROWS = 2000
EXAMPLES = Path(__file__).parent.parent / "examples" / "shop"


async def run() -> Table:
    """Processor time a message; a list of 2,000 rows is one message."""
    messages = await asked()
    understander, whole = GrammarUnderstander(), GrammarUnderstander(classifier=IntentModel.load())
    rows = [
        _row("without the model", lambda one: understander.understand(one.text, one.situation), messages),
        _row("with the model", lambda one: whole.understand(one.text, one.situation), messages),
        _row("jieba.lcut", lambda one: jieba.lcut(one.text), messages),
        _row("list of 2,000 rows", lambda one: understander.understand(one.text, one.situation), [_list()]),
    ]
    return table(
        f"Understanding by rules and grammar ({len(messages)} messages)", ("", "p50", "p99", "slowest"), rows
    )


def _row(name: str, work: Callable[[Asked], object], messages: Sequence[Asked]) -> tuple[str, ...]:
    """The best of some rounds for each message: another program's work is not counted."""
    best = [min(_seconds(work, one) for _ in range(ROUNDS)) for one in messages]
    sample = Sample(seconds=best)
    return name, ms(sample.percentile(0.5)), ms(sample.percentile(0.99)), ms(max(best))


def _seconds(work: Callable[[Asked], object], message: Asked) -> float:
    started = time.thread_time()
    work(message)
    return time.thread_time() - started


def _list() -> Asked:
    (shop, *_) = read_all([EXAMPLES])
    skus = shop.catalogue.skus
    lines = [
        f"{number}. 邻居{number} {skus[number % len(skus)].name}{number % 3 + 1}"
        for number in range(1, ROWS + 1)
    ]
    return Asked(
        text="\n".join(["#接龙", "周四团", *lines]),
        situation=Situation(now=datetime.now(UTC), catalogue=shop.catalogue, sender_name="邻居7"),
    )
