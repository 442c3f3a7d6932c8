"""The yardstick: logistic regression over character n-grams, the best of the simple models on such lines."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from nlp.training.lines import Line, labels

_LONGEST = 4
_RARE = 2
_EPOCHS = 5
_BATCH = 256


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


def fit(lines: Sequence[Line], *, seed: int = 1) -> Linear:
    """Learn from labelled lines, to the end of the epochs; about a minute for 50,000 lines."""
    torch.manual_seed(seed)
    names = labels(lines)
    seen = Counter(gram for line in lines for gram in set(_grams(line.text)))
    grams = {gram: index for index, gram in enumerate(sorted(g for g, n in seen.items() if n >= _RARE))}
    idf = torch.log(len(lines) / torch.tensor([float(seen[gram]) for gram in grams]))
    weights = nn.EmbeddingBag(len(grams) + 1, len(names), mode="sum", sparse=True)
    nn.init.zeros_(weights.weight)
    bias = torch.zeros(len(names), requires_grad=True)
    model = Linear(names=names, grams=grams, idf=idf, weights=weights, bias=bias)
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


def _counted(text: str, grams: dict[str, int]) -> list[int]:
    return [grams[gram] for gram in set(_grams(text)) if gram in grams] or [len(grams)]


def _grams(text: str) -> Iterator[str]:
    framed = f"^{text}$"
    for length in range(1, _LONGEST + 1):
        for start in range(len(framed) - length + 1):
            yield framed[start : start + length]
