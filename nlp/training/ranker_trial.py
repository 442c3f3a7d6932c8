"""Random FAQs made of corpus topics, and what members ask there: what the ranker learns from."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.faq.entries import Entry
from nlp.training.encoder_corpus import Topic

SMALLEST, LARGEST = 2, 60
OUTSIDE = 6
SPOKEN = 0.3
"""How many operators write phrasings as people say them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Topics to make FAQs of: each with the questions that the encoder has never read."""

    topics: tuple[Topic, ...]
    questions: tuple[tuple[str, ...], ...]
    look_alikes: tuple[tuple[str, ...], ...]
    talk: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """An FAQ, and questions with the number of the entry that answers them, -1 for none."""

    entries: tuple[Entry, ...]
    asked: tuple[tuple[str, int], ...]


def trials(pool: Pool, count: int, seed: int) -> Iterator[Trial]:
    """Random FAQs, neighbours together more often than not."""
    chance = random.Random(seed)
    for _ in range(count):
        chosen = _chosen(pool, chance)
        yield Trial(
            entries=tuple(_entry(pool, number, chance) for number in chosen),
            asked=tuple(_asked(pool, chosen, chance)),
        )


def _chosen(pool: Pool, chance: random.Random) -> list[int]:
    index = {topic.name: number for number, topic in enumerate(pool.topics)}
    drawn = SMALLEST * (LARGEST / SMALLEST) ** chance.random()  # small ones are as common as big ones
    size = min(round(drawn), len(pool.topics) * 3 // 4)
    chosen: dict[int, None] = {}
    neighbourly = chance.random()
    while len(chosen) < size:
        number = chance.randrange(len(pool.topics))
        chosen[number] = None
        for name in pool.topics[number].near:
            if name in index and chance.random() < neighbourly * 0.6:
                chosen[index[name]] = None
    return list(chosen)


def _entry(pool: Pool, number: int, chance: random.Random) -> Entry:
    topic = pool.topics[number]
    phrasings = list(topic.ask[: chance.randint(1, 3)])
    if chance.random() < SPOKEN:
        held = set(pool.questions[number])
        spoken = [line for line in topic.say if line not in held] or list(topic.say[::2])
        phrasings += chance.sample(spoken, min(len(spoken), chance.randint(1, 8)))
    return Entry(id=topic.name, q=tuple(phrasings), a=(topic.answer,))


def _asked(pool: Pool, chosen: Sequence[int], chance: random.Random) -> Iterator[tuple[str, int]]:
    names = {pool.topics[number].name for number in chosen}
    others = [number for number in range(len(pool.topics)) if number not in set(chosen)]
    for place, number in enumerate(chosen):
        yield from ((line, place) for line in _some(pool.questions[number], 2, chance))
        if names.isdisjoint(pool.topics[number].near):  # else a neighbour may answer what looks like this
            yield from ((line, -1) for line in _some(pool.look_alikes[number], 1, chance))
    for number in chance.sample(others, min(len(others), max(OUTSIDE, len(chosen)))):
        yield from ((line, -1) for line in _some(pool.questions[number], 1, chance))
    yield from ((line, -1) for line in _some(pool.talk, max(OUTSIDE, len(chosen) // 4), chance))


def _some(lines: Sequence[str], count: int, chance: random.Random) -> list[str]:
    return chance.sample(list(lines), min(count, len(lines)))
