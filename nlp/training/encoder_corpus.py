"""Questions by topic, and other talk, as the sentence encoder learns from them."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from nlp.faq.writing import encoded

DATA = Path(__file__).parent.parent / "data"
TALK_LABELS = (
    "chitchat",
    "order",
    "amend",
    "cancel",
    "checkin",
    "admin",
    "aftersale",
    "points_query",
    "redeem",
)
_SLOT = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)")
_FILL = {
    "item": ("苹果", "草莓", "鸡蛋", "牛奶", "面包", "虾", "排骨", "洗衣液", "纸巾", "大米", "橙子", "饺子", "袜子", "口红"),
    "unit": ("箱", "份", "斤", "盒", "袋", "瓶", "个", "件"),
    "n": ("一", "两", "2", "3", "三", "5", "10", "半"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One thing that people ask. `ask` is how operators write it, `say` how members do; all encoded."""

    name: str
    ask: tuple[str, ...]
    answer: str
    say: tuple[str, ...]
    near: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What a trial encoder may see, and what it is measured on.

    Topics in `unseen` are not in `seen` at all; topics in `halved` are there without `ask`, `answer` and a
    fifth of `say`.
    """

    seen: tuple[Topic, ...]
    halved: tuple[Topic, ...]
    unseen: tuple[Topic, ...]


def topics(folder: Path = DATA / "faq") -> tuple[Topic, ...]:
    """All topics of the corpus, by file name."""
    return tuple(
        _topic(entry)
        for path in sorted(folder.glob("*.yaml"))
        for entry in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    )


def talk(folder: Path = DATA / "intents") -> tuple[str, ...]:
    """Lines that no FAQ answers: orders, chit-chat, commands; slots filled, the first of their choices taken."""
    chance = random.Random(7)
    paths = [path for label in TALK_LABELS for path in sorted(folder.glob(f"{label}.*txt"))]
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(dict.fromkeys(_filled(line, chance) for line in lines if line and not line.startswith("#")))


def questions(folder: Path = DATA / "intents") -> tuple[str, ...]:
    """Questions without a topic: read when the encoder learns the language, and for nothing else."""
    chance = random.Random(8)
    paths = [
        path for label in ("question", "order_query", "product_query") for path in folder.glob(f"{label}.*")
    ]
    lines = (line for path in sorted(paths) for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(dict.fromkeys(_filled(line, chance) for line in lines if line and not line.startswith("#")))


def split(corpus: Sequence[Topic], seed: int = 1) -> Split:
    """Set aside a seventh of the topics, and a part of half of the others."""
    chance = random.Random(seed)
    order = list(corpus)
    chance.shuffle(order)
    unseen, halved = order[: len(order) // 7], order[len(order) // 7 : len(order) // 7 * 4]
    kept = [_kept(topic) for topic in halved]
    return Split(seen=(*kept, *order[len(order) // 7 * 4 :]), halved=tuple(halved), unseen=tuple(unseen))


def held_out(topic: Topic) -> tuple[str, ...]:
    """The fifth of its sayings that a trial encoder has not seen."""
    return topic.say[::5]


def _kept(topic: Topic) -> Topic:
    say = tuple(line for index, line in enumerate(topic.say) if index % 5)
    return Topic(name=topic.name, ask=(), answer="", say=say, near=topic.near, unlike=topic.unlike[::2])


def _topic(entry: Mapping[str, object]) -> Topic:
    return Topic(
        name=str(entry["topic"]),
        ask=tuple(_lines(entry.get("ask"))),
        answer=encoded(str(entry["answer"])),
        say=tuple(_lines(entry.get("say"))),
        near=tuple(map(str, _listed(entry.get("near")))),
        unlike=tuple(_lines(entry.get("unlike"))),
    )


def _lines(value: object) -> Iterator[str]:
    return (line for line in dict.fromkeys(encoded(str(one)) for one in _listed(value)) if line)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _filled(line: str, chance: random.Random) -> str:
    line = _CHOICE.sub(lambda match: chance.choice(match[1].split("|")), line)
    return encoded(_SLOT.sub(lambda match: chance.choice(_FILL.get(match[1], ("一箱",))), line))
