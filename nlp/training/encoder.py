"""Training of the sentence encoder by contrast: `python -m nlp.training.encoder --out FOLDER [--trial]`."""

import argparse
import json
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from nlp.training import encoder_corpus as corpus
from nlp.training.encoder_model import MASK, PAD, Encoder, batch, vocabulary
from nlp.training.encoder_noise import Noise

TOPICS_A_STEP, LINES_A_TOPIC, TALK_A_STEP = 36, 4, 16
TEMPERATURE, PROTOTYPE_SCALE = 0.08, 14.0
TALK, ALIKE = -1, -2
LOOK_ALIKES, HIDDEN = 0.6, 0.15
"""Shares: of topics that bring a look-alike into a step, of characters to guess when it learns to read."""


class Contrast(nn.Module):
    """The loss: lines of a topic near each other and its prototype, look-alikes and talk away from both."""

    def __init__(self, topics: int, size: int) -> None:
        super().__init__()
        self.prototypes = nn.Parameter(torch.randn(topics, size) * 0.05)

    def forward(self, vectors: Tensor, labels: Tensor, rivals: Tensor) -> Tensor:
        """`labels` (batch): topic, TALK, or ALIKE - t for what only looks like t; `rivals` masks pairs."""
        return self._pairs(vectors, labels, rivals) + self._prototypes(vectors, labels)

    def _pairs(self, vectors: Tensor, labels: Tensor, rivals: Tensor) -> Tensor:
        scores = vectors @ vectors.T / TEMPERATURE
        scores = scores.masked_fill(~rivals, -1e4)
        same = (labels[:, None] == labels[None, :]) & (labels >= 0)[:, None] & rivals
        share = functional.log_softmax(scores, -1)
        anchors = same.any(-1)
        return -((share * same).sum(-1) / same.sum(-1).clamp(min=1))[anchors].mean()

    def _prototypes(self, vectors: Tensor, labels: Tensor) -> Tensor:
        scores = vectors @ functional.normalize(self.prototypes, dim=-1).T
        inside = labels >= 0
        loss = functional.cross_entropy(
            scores[inside] * PROTOTYPE_SCALE, labels[inside], label_smoothing=0.05
        )
        talk = scores[labels == TALK].max(-1).values
        alike = labels <= ALIKE
        wrong = scores[alike].gather(1, (ALIKE - labels[alike])[:, None]).squeeze(1)
        return loss + functional.relu(torch.cat((talk, wrong)) - 0.25).mean() * 2


class Batches:
    """Steps of training: topics with their neighbours, their look-alikes, and talk."""

    def __init__(self, topics: Sequence[corpus.Topic], talk: Sequence[str], noise: Noise, seed: int) -> None:
        self._topics, self._talk, self._noise = topics, talk, noise
        self._chance = random.Random(seed)
        self._index = {topic.name: number for number, topic in enumerate(topics)}
        self._lines = [
            [*topic.say, *topic.ask, *([topic.answer] if topic.answer else ())] for topic in topics
        ]
        self._left: list[int] = []
        self.prototypes: Tensor | None = None

    def step(self) -> tuple[list[str], list[int]]:
        """Lines and their labels, see Contrast."""
        lines, labels = [], []
        chosen = self._chosen()
        for number in chosen:
            drawn = self._chance.sample(self._lines[number], LINES_A_TOPIC)
            lines += [self._noise(line) for line in drawn]
            labels += [number] * LINES_A_TOPIC
            if self._topics[number].unlike and self._chance.random() < LOOK_ALIKES:
                lines.append(self._chance.choice(self._topics[number].unlike))
                labels.append(ALIKE - number)
        lines += [self._noise(line) for line in self._chance.sample(self._talk, TALK_A_STEP)]
        return lines, labels + [TALK] * TALK_A_STEP

    def place(self, model: Encoder, vocab: dict[str, int]) -> None:
        """Let prototypes begin where an encoder that has learnt already puts the topics."""
        self.prototypes = torch.stack([vectors(model, lines, vocab).mean(0) for lines in self._lines])

    def _chosen(self) -> list[int]:
        chosen: dict[int, None] = {}
        while len(chosen) < TOPICS_A_STEP:
            if not self._left:
                self._left = self._chance.sample(range(len(self._topics)), len(self._topics))
            number = self._left.pop()
            chosen[number] = None
            near = [self._index[name] for name in self._topics[number].near if name in self._index]
            if near:
                chosen[self._chance.choice(near)] = None
        return list(chosen)


def rivals(labels: Tensor) -> Tensor:
    """Which pairs count: not a line with itself, nor a look-alike with topics other than its own."""
    counted = ~torch.eye(len(labels), dtype=torch.bool)
    alike = labels <= ALIKE
    own = labels[None, :] == (ALIKE - labels)[:, None]
    return counted & ~(alike[:, None] & ~own) & ~(alike[None, :] & ~own.T)


def read_language(
    model: Encoder, lines: Sequence[str], vocab: Mapping[str, int], *, steps: int, seed: int
) -> None:
    """Masked-language pretraining: a seventh of the characters is hidden and guessed."""
    chance = random.Random(seed)
    if not steps:
        return
    optimizer = torch.optim.AdamW(model.parameters(), lr=6e-4, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 6e-4, total_steps=steps)
    torch.manual_seed(seed)
    for number in range(steps):
        ids = batch(_of_like_length(lines, chance), dict(vocab))
        hidden = (torch.rand(ids.shape) < HIDDEN) & (ids != PAD)
        states = model.states(ids.masked_fill(hidden, MASK))[hidden]
        loss = functional.cross_entropy(states @ model.characters.weight.T, ids[hidden])
        _improve(loss, model, optimizer)
        schedule.step()
        if number % 50 == 0:
            print(f"language {number:5} {loss.item():.3f}", flush=True)


def _of_like_length(lines: Sequence[str], chance: random.Random) -> Sequence[str]:
    """128 neighbours by length of the lines, which are sorted by it: hardly any padding."""
    first = chance.randrange(len(lines) - 128)
    return lines[first : first + 128]


def read_all(model: Encoder, lines: Sequence[str], vocab: dict[str, int]) -> Tensor:
    """Vectors (lines, size), read in parts of like length."""
    order = sorted(range(len(lines)), key=lambda index: len(lines[index]))
    parts = [order[first : first + 48] for first in range(0, len(order), 48)]
    made = torch.cat([model(batch([lines[index] for index in part], vocab)) for part in parts])
    return made[torch.tensor(order).argsort()]


def learn(
    model: Encoder, steps: Batches, topics: int, vocab: dict[str, int], *, count: int, rate: float, seed: int
) -> Iterator[int]:
    """Contrastive training; yields after every step."""
    torch.manual_seed(seed)
    contrast = Contrast(topics, model.config.hidden_size)
    if steps.prototypes is not None:
        contrast.prototypes.data = steps.prototypes
    weights = [*model.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": weights, "lr": rate}, {"params": contrast.parameters(), "lr": rate * 10}],
        weight_decay=0.01,
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [rate, rate * 10], total_steps=count, pct_start=0.1
    )
    for number in range(count):
        model.train()
        lines, labels = steps.step()
        labelled = torch.tensor(labels)
        loss = contrast(read_all(model, lines, vocab), labelled, rivals(labelled))
        _improve(loss, model, optimizer)
        schedule.step()
        if number % 25 == 0:
            print(f"contrast {number:5} {loss.item():.3f}", flush=True)
        yield number


def _improve(loss: Tensor, model: nn.Module, optimizer: torch.optim.Optimizer) -> None:
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]  # torch's own
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()


@torch.no_grad()
def vectors(model: Encoder, lines: Sequence[str], vocab: dict[str, int]) -> Tensor:
    """Unit vectors (lines, size)."""
    model.eval()
    return read_all(model, lines, vocab)


def first_right(
    model: Encoder, vocab: dict[str, int], topics: Sequence[corpus.Topic], *, seen: bool, size: int = 45
) -> float:
    """Share of sayings whose nearest entry among `size` random ones is their own; entries are `ask` lines."""
    asks = [(number, line) for number, topic in enumerate(topics) for line in topic.ask]
    says = [
        (number, line)
        for number, topic in enumerate(topics)
        for line in (corpus.held_out(topic) if seen else topic.say[::3])
    ]
    scores = (
        vectors(model, [line for _, line in says], vocab)
        @ vectors(model, [line for _, line in asks], vocab).T
    )
    best = torch.full((len(says), len(topics)), -1.0)
    best.scatter_reduce_(
        1, torch.tensor([number for number, _ in asks]).expand(len(says), -1), scores, "amax"
    )
    right, chance = 0, random.Random(3)
    for row, (number, _) in zip(best, says, strict=True):
        others = chance.sample(
            [other for other in range(len(topics)) if other != number], min(size, len(topics)) - 1
        )
        right += bool(row[number] > row[others].max())
    return 100 * right / len(says)


def main() -> None:
    """Train, measure on what was set aside (--trial), save weights and vocabulary."""
    given = _arguments()
    torch.set_num_threads(given.threads)
    everything = corpus.topics()
    talk = corpus.talk()
    parts = corpus.split(everything)
    topics = parts.seen if given.trial else everything
    lines = [
        line for topic in topics for line in (*topic.say, *topic.ask, *topic.unlike, topic.answer) if line
    ]
    text = list(dict.fromkeys([*lines, *talk, *corpus.questions()]))
    vocab = vocabulary(text)
    torch.manual_seed(given.seed)
    model = Encoder(vocab, layers=given.layers, size=given.size)
    print(f"{len(topics)} topics, {len(text)} lines, {sum(p.numel() for p in model.parameters()):,} weights")
    started = time.time()
    if given.start is not None:
        take_over(model, vocab, given.start)
    read_language(model, sorted(text, key=len), vocab, steps=given.language, seed=given.seed)
    steps = Batches(topics, talk, Noise("".join(text), given.seed), given.seed)
    if given.start is not None:
        steps.place(model, vocab)
    for number in learn(
        model, steps, len(topics), vocab, count=given.steps, rate=given.rate, seed=given.seed
    ):
        if (number + 1) % given.every == 0:
            _save(model, vocab, given)
        if given.trial and (number + 1) % given.every == 0:
            model.eval()
            seen = first_right(model, vocab, parts.halved, seen=True)
            unseen = first_right(model, vocab, parts.unseen, seen=False)
            print(
                f"step {number + 1} {time.time() - started:.0f}s seen {seen:.1f} unseen {unseen:.1f}",
                flush=True,
            )
            _save(model, vocab, given)
    _save(model, vocab, given)


def take_over(model: Encoder, vocab: Mapping[str, int], start: Path) -> None:
    """Begin with the weights of an encoder of the same shape; characters are matched by themselves."""
    shape = json.loads((start / "shape.json").read_text(encoding="utf-8"))
    weights = torch.load(start / "weights.pt", weights_only=True)
    own = model.state_dict()
    rows = [
        (number, shape["vocab"][character])
        for character, number in vocab.items()
        if character in shape["vocab"]
    ]
    here, there = (torch.tensor(numbers) for numbers in zip(*rows, strict=True))
    characters = own["characters.weight"].clone()
    characters[here] = weights["characters.weight"][there]
    sounds = own["sounds.weight"].clone()
    sounds[own["sound_of"][here]] = weights["sounds.weight"][weights["sound_of"][there]]
    kept = {"characters.weight": characters, "sounds.weight": sounds, "sound_of": own["sound_of"]}
    model.load_state_dict({**weights, **kept})


def _save(model: Encoder, vocab: dict[str, int], given: argparse.Namespace) -> None:
    given.out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), given.out / "weights.pt")
    shape = {"layers": given.layers, "size": given.size, "vocab": vocab}
    (given.out / "shape.json").write_text(json.dumps(shape, ensure_ascii=False), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--trial", action="store_true", help="set a part of the corpus aside and measure on it"
    )
    parser.add_argument("--start", type=Path, help="begin with the weights in this folder")
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--language", type=int, default=400, help="steps of pretraining")
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--every", type=int, default=100)
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
