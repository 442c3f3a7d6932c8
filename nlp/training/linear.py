"""Logistic regression over character n-grams: a yardstick for networks, and the better half of one."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from nlp.ngrams import NgramModel, grams, key
from nlp.training.lines import Line, labels

_RARE = 2
_EPOCHS = 5
_BATCH = 256
KEPT = 40_000
"""N-grams of the model that is written; all 240,000 bring up to one per cent more on chats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """Weights of every n-gram for every label."""

    names: tuple[str, ...]
    grams: dict[str, int]
    idf: Tensor
    weights: nn.EmbeddingBag
    bias: Tensor

    def predict(self, texts: Sequence[str]) -> list[str]:
        """The likeliest label of every text."""
        with torch.no_grad():
            scores = _scores(self, [_counted(text, self.grams) for text in texts])
        return [self.names[index] for index in scores.argmax(dim=1).tolist()]

    def foremost(self, lines: Sequence[Line], size: int = KEPT) -> frozenset[str]:
        """The n-grams that tell labels apart most, in as many lines as they are in."""
        seen = Counter(gram for line in lines for gram in set(grams(line.text)))
        weights = self.weights.weight.detach()[:-1]
        apart = (weights.max(1).values - weights.min(1).values) * self.idf
        often = torch.tensor([float(seen[gram]) for gram in self.grams])
        order = torch.argsort(apart * often.sqrt(), descending=True)[:size].tolist()
        written = list(self.grams)
        return frozenset(written[index] for index in order)

    def packed(self) -> NgramModel:
        """The same for use without torch."""
        keys = np.array([key(gram) for gram in self.grams], dtype=np.uint32)
        order = np.argsort(keys)
        weights = self.weights.weight.detach().numpy()[:-1][order]
        scale = np.maximum(np.abs(weights).max(0), 1e-6) / 127
        return NgramModel(
            keys=keys[order],
            rarity=self.idf.numpy()[order],
            weights=np.round(weights / scale).astype(np.int8),
            scale=scale.astype(np.float32),
            bias=self.bias.detach().numpy(),
        )


def small(lines: Sequence[Line], *, seed: int = 1) -> Linear:
    """Fitted to all n-grams, then anew to the foremost of them."""
    return fit(lines, known=fit(lines, seed=seed).foremost(lines), seed=seed)


def fit(lines: Sequence[Line], *, known: Collection[str] = (), seed: int = 1) -> Linear:
    """Learn from labelled lines, to the end of the epochs; about a minute for 50,000 lines.

    Of the n-grams only those `known` count, without any all that are no rarities.
    """
    torch.manual_seed(seed)
    names = labels(lines)
    seen = Counter(gram for line in lines for gram in set(grams(line.text)))
    kept = sorted(known) or sorted(gram for gram, count in seen.items() if count >= _RARE)
    numbered = {gram: index for index, gram in enumerate(kept)}
    idf = torch.log(len(lines) / torch.tensor([float(seen[gram]) for gram in kept]))
    weights = nn.EmbeddingBag(len(kept) + 1, len(names), mode="sum", sparse=True)
    nn.init.zeros_(weights.weight)
    bias = torch.zeros(len(names), requires_grad=True)
    model = Linear(names=names, grams=numbered, idf=idf, weights=weights, bias=bias)
    unchecked = torch.sparse.check_sparse_tensor_invariants(enable=False)  # type: ignore[no-untyped-call]  # torch's
    with unchecked:  # it would warn that it does not check
        _descend(model, lines)
    return model


def _descend(model: Linear, lines: Sequence[Line]) -> None:
    counted = [_counted(line.text, model.grams) for line in lines]
    wanted = torch.tensor([model.names.index(line.intent) for line in lines])
    optimizer = torch.optim.Adagrad([*model.weights.parameters(), model.bias], lr=0.3)
    for _ in range(_EPOCHS):
        for batch in torch.split(torch.randperm(len(lines)), _BATCH):
            loss = nn.functional.cross_entropy(_scores(model, [counted[i] for i in batch]), wanted[batch])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it without types
            optimizer.step()


def _scores(model: Linear, rows: Sequence[list[int]]) -> Tensor:
    """Shape (rows, labels). TF-IDF, each row of length 1."""
    flat = torch.tensor([index for row in rows for index in row], dtype=torch.long)
    sizes = torch.tensor([0, *(len(row) for row in rows)])
    value = torch.cat([model.idf, torch.zeros(1)])[flat]
    lengths = torch.tensor([len(row) for row in rows])
    owner = torch.repeat_interleave(torch.arange(len(rows)), lengths)
    norm = torch.zeros(len(rows)).index_add_(0, owner, value**2).sqrt().clamp_min(1e-6)
    offsets = sizes.cumsum(0)[:-1]
    scored: Tensor = model.weights(flat, offsets, per_sample_weights=value / norm[owner])
    return scored + model.bias


def _counted(text: str, numbered: dict[str, int]) -> list[int]:
    return [numbered[gram] for gram in set(grams(text)) if gram in numbered] or [len(numbered)]
