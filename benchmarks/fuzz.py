"""200,000 mutated messages through rules and grammar: what must always hold, and the slowest of them."""

import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from benchmarks._chats import Asked, asked
from benchmarks._figures import Sample, ms, table
from nlp.understander import GrammarUnderstander
from tests.chats.faults import faults

MESSAGES = 200_000
LIMIT = 0.05
FOUND = Path("fuzz-found.txt")
"""Where messages that broke a rule or took too long are written, in the folder of the call."""
_SIGNS = (
    *"0123456789０９①②½一二两三十百半俩仨个斤箱份+×*=@#，。、？！ \n\u200d\u202e",
    "😂", "👍🏽", "1️⃣", "[捂脸]", "#接龙", "不要", "换成", "各", "除了", "上次", "\ufe0f",
)  # fmt: skip


async def run() -> Table:
    """Seeded by the clock, so that every run tries other messages, in situations of the recorded chats."""
    seed = time.time_ns()
    return _fuzzed(await asked(), GrammarUnderstander(), seed)


def _fuzzed(messages: Sequence[Asked], understander: GrammarUnderstander, seed: int) -> Table:
    chance, wrong, sample = random.Random(seed), Counter[str](), Sample()
    with FOUND.open("w", encoding="utf-8") as listing:
        for _ in range(MESSAGES):
            one = chance.choice(messages)
            text = _mutated(one.text, messages, chance)
            found, seconds = _tried(understander, Asked(text=text, situation=one.situation))
            sample.seconds.append(seconds)
            wrong.update({fault.split()[0] for fault in found})
            if found:
                listing.write(f"{'; '.join(found)}\t{text!r}\n")
    rows = [
        ("messages", str(MESSAGES)),
        ("faults", ", ".join(f"{kind} {count}" for kind, count in wrong.items()) or "none"),
        ("p50", ms(sample.percentile(0.5))),
        ("p99", ms(sample.percentile(0.99))),
        ("slowest", ms(max(sample.seconds))),
    ]
    return table(f"Fuzz, seed {seed}", ("", "seen"), rows)


def _tried(understander: GrammarUnderstander, one: Asked) -> tuple[tuple[str, ...], float]:
    """What is wrong, and the processor seconds. Slow is what is slow twice: the first may read a shop."""
    seconds = 0.0
    for _ in range(2):
        started = time.thread_time()
        try:
            understood = understander.understand(one.text, one.situation)
        except Exception as error:  # noqa: BLE001  # that is what is looked for
            return (repr(error),), time.thread_time() - started
        seconds = time.thread_time() - started
        if seconds <= LIMIT:
            break
    slow = ["slow"] if seconds > LIMIT else []
    return (*slow, *faults(one.text, one.situation, understood)), seconds


def _mutated(text: str, messages: Sequence[Asked], chance: random.Random) -> str:
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        at, after = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
        match chance.randrange(7):
            case 0:
                text = text[:at] + text[at + 1 :]
            case 1:
                text = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
            case 2:
                text = text[:at] + text[after:]
            case 3:
                text = text[:after] + text[at:]
            case 4:
                text = text[:at] + chance.choice(messages).text + text[at:]
            case 5:
                text = text[:at] + chr(chance.randrange(0x20, 0xD800)) + text[at:]
            case _:
                text = text[:at] + chance.choice(_SIGNS) + text[at:]
    return text
