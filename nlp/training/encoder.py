"""Training of the sentence encoder by contrast: `python -m nlp.training.encoder --start DIR --out DIR`."""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from nlp.faq.writing import encoded
from nlp.training import encoder_corpus as corpus
from nlp.training import faq_trials
from nlp.training.encoder_model import Encoder, Reading
from nlp.training.encoder_noise import Noise
from nlp.training.faq_trials import Trade

TOPICS_A_STEP, LINES_A_TOPIC, TALK_A_STEP = 36, 4, 16
TEMPERATURE, COVERED_TEMPERATURE, PROTOTYPE_SCALE = 0.08, 0.05, 14.0
TALK, ALIKE = -1, -2
TRADE_EVERY, LINES_AN_ENTRY, ASTRAY = 3, 4, 16
"""Every third step is about one trade's FAQ: lines of each entry, and questions that none answers."""
LOOK_ALIKES = 0.6
"""Share of topics that bring a look-alike into a step."""


class Contrast(nn.Module):
    """The loss: lines of a topic near each other and its prototype, look-alikes and talk away from both."""

    def __init__(self, prototypes: Tensor) -> None:
        super().__init__()
        self.prototypes = nn.Parameter(prototypes)

    def forward(self, read: Reading, labels: Tensor) -> Tensor:
        """`labels` (lines): topic, TALK, or ALIKE - t for what only looks like t."""
        return self.pairs(read, labels) + self._prototypes(read.whole, labels)

    def pairs(self, read: Reading, labels: Tensor) -> Tensor:
        """The loss that needs no prototypes: whose labels are whose, by the wholes and by the parts."""
        counted = rivals(labels)
        by_whole = self._told_apart(read.whole @ read.whole.T / TEMPERATURE, labels, counted)
        return by_whole + self._told_apart(read.covered() / COVERED_TEMPERATURE, labels, counted)

    def _told_apart(self, scores: Tensor, labels: Tensor, rivals: Tensor) -> Tensor:
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

    def prototypes(self, model: Encoder) -> Tensor:
        """Where the encoder puts the topics now."""
        return torch.stack([model.vectors(lines).mean(0) for lines in self._lines])

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


class TradeBatches:
    """Steps about one FAQ at a time: within it, entries differ; what two shops mean may be the same."""

    def __init__(self, trades: Sequence[Trade], noise: Noise, seed: int) -> None:
        self._noise, self._chance = noise, random.Random(seed)
        self._trades = [(_entry_lines(trade), _astray(trade)) for trade in trades]

    def step(self) -> tuple[list[str], list[int]]:
        """Lines and their labels: the entry's number, or TALK."""
        entries, astray = self._chance.choice(self._trades)
        rows = [
            (self._noise(line), number)
            for number, lines in enumerate(entries)
            for line in self._chance.sample(lines, min(LINES_AN_ENTRY, len(lines)))
        ]
        rows += [(self._noise(line), TALK) for line in self._chance.sample(astray, ASTRAY)]
        return [line for line, _ in rows], [label for _, label in rows]


def _entry_lines(trade: Trade) -> list[list[str]]:
    lines = {entry.id: [*map(encoded, entry.q), encoded(entry.a[0])] for entry in trade.entries}
    for text, answer in trade.asked:
        if answer is not None:
            lines[answer].append(encoded(text))
    return list(lines.values())


def _astray(trade: Trade) -> list[str]:
    return [encoded(text) for text, answer in trade.asked if answer is None]


def rivals(labels: Tensor) -> Tensor:
    """Which pairs count: not a line with itself, nor a look-alike with topics other than its own."""
    counted = ~torch.eye(len(labels), dtype=torch.bool)
    alike = labels <= ALIKE
    own = labels[None, :] == (ALIKE - labels)[:, None]
    return counted & ~(alike[:, None] & ~own) & ~(alike[None, :] & ~own.T)


def learn(
    model: Encoder, steps: Batches, trades: TradeBatches, *, count: int, rate: float, seed: int
) -> Iterator[int]:
    """Contrastive training; yields after every step."""
    torch.manual_seed(seed)
    contrast = Contrast(steps.prototypes(model))
    optimizer = torch.optim.AdamW(
        [
            {"params": [*model.bert.parameters()], "lr": rate},
            {"params": [*model.part.parameters(), *contrast.parameters()], "lr": rate * 10},
        ],
        weight_decay=0.01,
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [rate, rate * 10], total_steps=count, pct_start=0.1
    )
    for number in range(count):
        model.train()
        about_a_trade = number % TRADE_EVERY == TRADE_EVERY - 1
        lines, labels = trades.step() if about_a_trade else steps.step()
        labelled = torch.tensor(labels)
        loss = (contrast.pairs if about_a_trade else contrast)(model.read(lines), labelled)
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


def first_right(model: Encoder, topics: Sequence[corpus.Topic], *, seen: bool, size: int = 45) -> float:
    """Share of sayings whose nearest entry among `size` random ones is their own; entries are `ask` lines."""
    asks = [(number, line) for number, topic in enumerate(topics) for line in topic.ask]
    says = [
        (number, line)
        for number, topic in enumerate(topics)
        for line in (corpus.held_out(topic) if seen else topic.say[::3])
    ]
    scores = model.vectors([line for _, line in says]) @ model.vectors([line for _, line in asks]).T
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
    """Train, measure on what was set aside (--trial), save a checkpoint folder."""
    given = _arguments()
    torch.set_num_threads(given.threads)
    everything, talk = corpus.topics(), corpus.talk()
    parts = corpus.split(everything)
    topics = parts.seen if given.trial else everything
    torch.manual_seed(given.seed)
    model = Encoder(given.start)
    text = "".join(line for topic in topics for line in (*topic.say, *topic.ask))
    print(f"{len(topics)} topics, {sum(p.numel() for p in model.parameters()):,} weights")
    started = time.time()
    noise = Noise(text, given.seed)
    steps = Batches(topics, talk, noise, given.seed)
    everyone = faq_trials.trades()
    taught = TradeBatches([one for one in everyone if one.name not in faq_trials.JUDGED], noise, given.seed)
    if given.trial:
        _report(model, parts, 0, started)
    for number in learn(model, steps, taught, count=given.steps, rate=given.rate, seed=given.seed):
        if (number + 1) % given.every == 0:
            model.save(given.out)
            if given.trial:
                _report(model, parts, number + 1, started)
    model.save(given.out)


def nearest_right(model: Encoder, trade: Trade) -> float:
    """Share of a trade's questions with an answer whose nearest phrasing or answer is of the right entry."""
    written = [(entry.id, encoded(line)) for entry in trade.entries for line in (*entry.q, entry.a[0])]
    asked = [(text, answer) for text, answer in trade.asked if answer is not None]
    scores = (
        model.vectors([encoded(text) for text, _ in asked]) @ model.vectors([line for _, line in written]).T
    )
    right = [
        written[int(best)][0] == answer for best, (_, answer) in zip(scores.argmax(-1), asked, strict=True)
    ]
    return 100 * sum(right) / len(right)


def _report(model: Encoder, parts: corpus.Split, step: int, started: float) -> None:
    seen = first_right(model, parts.halved, seen=True)
    unseen = first_right(model, parts.unseen, seen=False)
    shares = [nearest_right(model, one) for one in faq_trials.trades() if one.name in faq_trials.JUDGED]
    trades = sum(shares) / len(shares)
    spent = time.time() - started
    print(f"step {step} {spent:.0f}s seen {seen:.1f} unseen {unseen:.1f} trades {trades:.1f}", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--start", type=Path, required=True, help="a checkpoint, see nlp.training.pretrained")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--trial", action="store_true", help="set a part of the corpus aside and measure on it"
    )
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--every", type=int, default=100)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
