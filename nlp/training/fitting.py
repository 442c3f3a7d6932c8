"""Fitting a network to labelled lines: batches of like length, averaged weights, early stop."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from random import Random

import torch
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from tokenizers import Tokenizer
from torch import Tensor, nn

from nlp.training.lines import Line
from nlp.training.network import Network
from nlp.training.tokens import encoded, hidden, mask, padded

_SMOOTHING = 0.1
_LOST = 0.08
_WARM_UP = 0.08
_AVERAGE_OF = 10
"""Steps after which the average of the weights forgets its beginning only slowly."""
_POOL = 40
"""Batches that are sorted by length together, so that little of a batch is padding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long and how fast; an epoch is `lines` drawn anew from the training lines."""

    epochs: int = 24
    lines: int = 8000
    batch: int = 64
    rate: float = 1e-4
    patience: int = 5
    average: float = 0.995
    seed: int = 1
    lost: float = _LOST
    """Share of tokens that are hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The best network with its share of right answers on the development lines, by epoch."""

    network: Network
    history: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Data:
    rows: list[list[int]]
    wanted: list[int]

    @staticmethod
    def of(lines: Sequence[Line], tokenizer: Tokenizer, names: Sequence[str]) -> "_Data":
        numbers = {name: number for number, name in enumerate(names)}
        rows = encoded(tokenizer, [line.text for line in lines])
        return _Data(rows=rows, wanted=[numbers[line.intent] for line in lines])


def fit(
    network: Network,
    tokenizer: Tokenizer,
    *,
    names: Sequence[str],
    train: Sequence[Line],
    dev: Sequence[Line],
    plan: Plan,
) -> Fitted:
    """Learn until the development lines get no better. Same seed and machine, same result."""
    torch.manual_seed(plan.seed)
    random = Random(plan.seed)
    data, held_out = _Data.of(train, tokenizer, names), _Data.of(dev, tokenizer, names)
    steps = plan.epochs * math.ceil(min(plan.lines, len(train)) / plan.batch)
    optimizer = torch.optim.AdamW(_groups(network), lr=plan.rate, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step / steps))
    loss = nn.CrossEntropyLoss(weight=_weights(data.wanted, len(names)), label_smoothing=_SMOOTHING)
    averaged, best, history, taken = deepcopy(network), deepcopy(network), list[float](), 0
    with _progress() as progress:
        bar = progress.add_task("训练", total=plan.epochs, note="")
        for _ in range(plan.epochs):
            network.train()
            for rows, wanted in _batches(data, plan, random, hidden(tokenizer)):
                optimizer.zero_grad()
                loss(network(padded(rows), mask(rows)), torch.tensor(wanted)).backward()
                nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                taken += 1
                _average(averaged, network, min(plan.average, taken / (taken + _AVERAGE_OF)))
            history.append(_right(averaged, held_out))
            progress.update(bar, advance=1, note=f"开发集 {history[-1]:.1%}")
            if history[-1] >= max(history):
                best = deepcopy(averaged)
            elif len(history) - 1 - history.index(max(history)) >= plan.patience:
                break
    return Fitted(network=best.eval(), history=tuple(history))


def _right(network: Network, data: _Data) -> float:
    """The share of lines whose likeliest label is theirs."""
    network.eval()
    right = 0
    order = sorted(range(len(data.rows)), key=lambda index: len(data.rows[index]))
    with torch.no_grad():
        for start in range(0, len(order), 128):
            part = order[start : start + 128]
            rows = [data.rows[index] for index in part]
            said = network(padded(rows), mask(rows)).argmax(1).tolist()
            right += sum(one == data.wanted[index] for one, index in zip(said, part, strict=True))
    return right / max(len(order), 1)


def _batches(
    data: _Data, plan: Plan, random: Random, sign: int
) -> Iterator[tuple[list[list[int]], list[int]]]:
    drawn = random.sample(range(len(data.rows)), min(plan.lines, len(data.rows)))
    pool = plan.batch * _POOL
    for start in range(0, len(drawn), pool):
        like = sorted(drawn[start : start + pool], key=lambda index: len(data.rows[index]))
        parts = [like[first : first + plan.batch] for first in range(0, len(like), plan.batch)]
        for part in random.sample(parts, len(parts)):
            rows = [_worn(data.rows[index], plan.lost, sign, random) for index in part]
            yield rows, [data.wanted[index] for index in part]


def _worn(row: list[int], share: float, sign: int, random: Random) -> list[int]:
    """Some tokens hidden, so that no intent hangs on one of them."""
    return [row[0], *(sign if random.random() < share else token for token in row[1:])]


def _groups(network: Network) -> list[dict[str, object]]:
    """Matrices shrink, biases and norms do not."""
    layers = [*network.model.parameters(), *network.head.parameters()]
    return [
        {"params": [one for one in layers if one.dim() > 1], "weight_decay": 0.05},
        {"params": [one for one in layers if one.dim() == 1], "weight_decay": 0.0},
    ]


def _rate(done: float) -> float:
    """Up in a line, down in a half cosine; `done` from 0 to 1."""
    if done < _WARM_UP:
        return done / _WARM_UP
    return max(0.02, 0.5 * (1 + math.cos(math.pi * (done - _WARM_UP) / (1 - _WARM_UP))))


def _weights(wanted: Sequence[int], labels: int) -> Tensor:
    """Rare labels count more, by the fourth root: the many do not drown them, nor they the many."""
    seen = Counter(wanted)
    usual = len(wanted) / labels
    return torch.tensor([min(2.0, (usual / max(seen[label], 1)) ** 0.25) for label in range(labels)])


def _average(averaged: nn.Module, network: nn.Module, keep: float) -> None:
    with torch.no_grad():
        for mean, now in zip(averaged.parameters(), network.parameters(), strict=True):
            mean.lerp_(now, 1 - keep)


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[note]}"),
        TimeRemainingColumn(),
    )
