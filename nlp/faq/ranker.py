"""The ranker: evidence to probabilities of every entry and of "none of these", which sum to 1."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlp.faq.background import Floats
from nlp.faq.entries import Entry
from nlp.faq.evidence import FEATURES, Evidence
from nlp.faq.meaning import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A perceptron of one hidden layer over standardised features; "none of these" scores 0.

    It is monotone: more of what speaks for an entry never makes it less likely, however little like the
    questions of the training a question is.
    """

    mean: Floats
    scale: Floats
    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: float
    limits: Limits

    def chances(self, features: Floats) -> Floats:
        """Probabilities (entries,) of features (entries, FEATURES); what is missing to 1 is that of none."""
        inner = np.tanh((features - self.mean) / self.scale @ self.hidden + self.hidden_bias)
        scores = np.append(inner @ self.out + self.out_bias, 0.0)
        powers = np.exp(scores - scores.max())
        chances: Floats = (powers / powers.sum())[:-1]
        return chances

    def save(self, path: Path) -> None:
        """Write it as JSON."""
        arrays = {name: getattr(self, name) for name in ("mean", "scale", "hidden", "hidden_bias", "out")}
        data = {name: np.round(array.astype(float), 5).tolist() for name, array in arrays.items()}
        limits = {"answer": self.limits.answer, "margin": self.limits.margin, "suggest": self.limits.suggest}
        whole = {"features": FEATURES, **data, "out_bias": self.out_bias, "limits": limits}
        path.write_text(json.dumps(whole), encoding="utf-8")

    @staticmethod
    def load(path: Path) -> "Weights":
        """Read what `save` wrote. Raises ValueError where it was made for other features."""
        data = json.loads(path.read_text(encoding="utf-8"))
        if tuple(data.pop("features")) != FEATURES:
            raise ValueError(f"{path} was made for other features")
        limits, bias = Limits(**data.pop("limits")), data.pop("out_bias")
        arrays = {name: np.array(values, dtype=np.float32) for name, values in data.items()}
        return Weights(**arrays, out_bias=bias, limits=limits)


class Ranker:
    """Ranks the entries that it was made of by the probability that they answer; implements Meaning."""

    def __init__(self, entries: Sequence[Entry], evidence: Evidence, weights: Weights) -> None:
        self._ids = [entry.id for entry in entries]
        self._evidence, self._weights = evidence, weights
        self.limits = weights.limits

    @property
    def evidence(self) -> Evidence:
        """What the probabilities rest on."""
        return self._evidence

    def ranked(self, text: str) -> Sequence[tuple[str, float]]:
        """Ids with their probabilities, best first."""
        found = self._evidence.shortlist(text)
        chances = self._weights.chances(found.features)
        order = np.argsort(-chances, kind="stable")
        return [(self._ids[found.entries[place]], float(chances[place])) for place in order]
