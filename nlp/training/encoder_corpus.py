"""Questions by topic, and other talk, as the sentence encoder learns from them."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import yaml

from nlp.faq.writing import encoded

SHARES, HELD_OUT = 16, 10
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
    "item": ("苹果", "草莓", "鸡蛋", "牛奶", "虾", "排骨", "洗衣液", "纸巾", "大米", "饺子", "袜子", "口红"),
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
    """What the encoder may see, and what the ranker is taught with, because the encoder has not seen it.

    Topics in `unseen` are not in `seen` at all; those in `halved` are there with one way to `ask`, without
    the answer and without the sayings that are `held_out`.
    """

    seen: tuple[Topic, ...]
    halved: tuple[Topic, ...]
    unseen: tuple[Topic, ...]


def topics(folder: Path = DATA / "faq", situations: Path = DATA / "faq_situations") -> tuple[Topic, ...]:
    """All topics of the corpus, by file name; sayings that tell a situation stand after the plain ones."""
    told = {name: lines for path in sorted(situations.glob("*.yaml")) for name, lines in _read(path).items()}
    return tuple(
        _topic(entry, told.get(entry["topic"], ()))
        for path in sorted(folder.glob("*.yaml"))
        for entry in _read(path)
    )


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def talk(folder: Path = DATA / "intents") -> tuple[str, ...]:
    """Lines that no FAQ answers: orders, chit-chat, commands; slots filled, one of their choices taken."""
    chance = random.Random(7)
    paths = [path for label in TALK_LABELS for path in sorted(folder.glob(f"{label}.*txt"))]
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(dict.fromkeys(_filled(line, chance) for line in lines if line and not line.startswith("#")))


def questions(folder: Path = DATA / "intents") -> tuple[str, ...]:
    """Questions without a topic: they tell which pieces of text the encoder needs, and nothing else."""
    chance = random.Random(8)
    paths = [
        path for label in ("question", "order_query", "product_query") for path in folder.glob(f"{label}.*")
    ]
    lines = (line for path in sorted(paths) for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(dict.fromkeys(_filled(line, chance) for line in lines if line and not line.startswith("#")))


def split(corpus: Sequence[Topic]) -> Split:
    """Set aside one topic in sixteen and a part of half of the others, the same ones whatever is added."""
    places = {topic.name: crc32(topic.name.encode()) % SHARES for topic in corpus}
    unseen = [topic for topic in corpus if places[topic.name] == 0]
    halved = [topic for topic in corpus if places[topic.name] % 2 == 1]
    whole = [topic for topic in corpus if places[topic.name] and places[topic.name] % 2 == 0]
    return Split(seen=(*map(_kept, halved), *whole), halved=tuple(halved), unseen=tuple(unseen))


def held_out(topic: Topic) -> tuple[str, ...]:
    """The tenth of its sayings that the encoder has not seen."""
    return topic.say[::HELD_OUT]


def _kept(topic: Topic) -> Topic:
    say = tuple(line for index, line in enumerate(topic.say) if index % HELD_OUT)
    return Topic(
        name=topic.name, ask=topic.ask[:1], answer="", say=say, near=topic.near, unlike=topic.unlike[::2]
    )


def _topic(entry: Mapping[str, object], told: Sequence[str]) -> Topic:
    return Topic(
        name=str(entry["topic"]),
        ask=tuple(_lines(entry.get("ask"))),
        answer=encoded(str(entry["answer"])),
        say=tuple(_lines([*_listed(entry.get("say")), *told])),
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
