"""Training of the ranker: `python -m nlp.training.ranker --encoder FOLDER --out FOLDER`."""

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import track
from torch import Tensor, nn
from torch.nn import functional

from nlp.encoder import SentenceEncoder, shipped
from nlp.faq.background import Background, Floats, units
from nlp.faq.evidence import AGAINST, FEATURES, NEUTRAL, SHORTLIST, Evidence
from nlp.faq.meaning import Limits, decide
from nlp.faq.ranker import Weights
from nlp.faq.shipped import BACKGROUND, RANKER
from nlp.training import encoder_corpus as corpus
from nlp.training import faq_trials
from nlp.training.ranker_trial import Pool, Trial, trials

TALK_CLUSTERS = 48
HIDDEN = 24
NONE = -1
WRITTEN_COUNTS = 3
"""How often a question of a trade's FAQ counts, of which there are few, beside one of a simulated FAQ."""
EVERYDAY_COUNTS_TWICE = ("everyday", "everyday", "hard")
"""Kinds of questions by which limits are chosen."""
FOREMOST = 4
"""Entries of a shortlist that are worth scaling the features by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question's shortlist and the place of its answer there: -1 none of these, -2 not on the shortlist."""

    features: Floats
    answer: int


def background(topics: Sequence[corpus.Topic], talk: Sequence[str], encoder: SentenceEncoder) -> Background:
    """A prototype of every topic, clusters of the talk."""
    prototypes = np.stack([encoder.vectors([*topic.say, *topic.ask]).mean(0) for topic in topics])
    return Background(topics=units(prototypes), talk=_clusters(encoder.vectors(talk)))


def _clusters(vectors: Floats, rounds: int = 12) -> Floats:
    """k-means on the sphere."""
    centres: Floats = vectors[np.random.default_rng(1).choice(len(vectors), TALK_CLUSTERS, replace=False)]
    for _ in range(rounds):
        nearest = (vectors @ centres.T).argmax(-1)
        sums = np.stack([vectors[nearest == cluster].sum(0) for cluster in range(TALK_CLUSTERS)])
        centres = units(np.where(np.abs(sums).sum(-1, keepdims=True) > 0, sums, centres).astype(np.float32))
    return centres


def pool(parts: corpus.Split, talk: Sequence[str]) -> Pool:
    """What simulated FAQs are made of: topics with what the encoder has not read of them."""
    known = [
        (
            replace(topic, ask=topic.ask[1:] or topic.ask),
            (*corpus.held_out(topic), *topic.ask[:1]),
            topic.unlike[1::2],
        )
        for topic in parts.halved
    ]
    new = [
        (replace(topic, ask=topic.ask[:1]), (*topic.say[::3], *topic.ask[1:]), topic.unlike)
        for topic in parts.unseen
    ]
    rows = [*known, *new]
    return Pool(
        topics=tuple(topic for topic, _, _ in rows),
        questions=tuple(tuple(lines) for _, lines, _ in rows),
        look_alikes=tuple(tuple(lines) for _, _, lines in rows),
        talk=tuple(talk),
    )


def examples(made: Iterable[Trial], encoder: SentenceEncoder, known: Background) -> list[Example]:
    """The evidence for all questions of the trials."""
    found = []
    for trial in made:
        evidence = Evidence(trial.entries, encoder, known)
        for text, answer in trial.asked:
            shortlist = evidence.shortlist(text)
            places = np.flatnonzero(shortlist.entries == answer)
            place = -1 if answer < 0 else int(places[0]) if len(places) else -2
            found.append(Example(features=shortlist.features, answer=place))
    return found


class Perceptron(nn.Module):
    """The ranker's network; signs of its weights are fixed, see nlp.faq.evidence."""

    def __init__(self, start: Weights | None) -> None:
        super().__init__()
        shape = (len(FEATURES), HIDDEN)
        self.hidden = nn.Parameter(torch.randn(shape) * 0.3 - 2 if start is None else _raw(start.hidden))
        self.bias = nn.Parameter(
            torch.zeros(HIDDEN) if start is None else torch.from_numpy(start.hidden_bias)
        )
        self.out = nn.Parameter(torch.randn(HIDDEN) * 0.3 if start is None else _unsoft(start.out))
        self.last = nn.Parameter(torch.tensor(-3.0 if start is None else start.out_bias))

    def weights(self) -> tuple[Tensor, Tensor]:
        """Weights of the hidden and of the last layer, with their signs."""
        signs = _signs()[:, None]
        hidden = torch.where(signs == 0, self.hidden, signs * functional.softplus(self.hidden))
        return hidden, functional.softplus(self.out)

    def forward(self, features: Tensor) -> Tensor:
        """Scores (questions, entries)."""
        hidden, out = self.weights()
        scores: Tensor = torch.tanh(features @ hidden + self.bias) @ out + self.last
        return scores


def _signs() -> Tensor:
    """1 for features that speak for an entry, -1 against, 0 neither."""
    return torch.tensor([0 if name in NEUTRAL else -1 if name in AGAINST else 1 for name in FEATURES])


def _raw(hidden: Floats) -> Tensor:
    given, signs = torch.from_numpy(hidden), _signs()[:, None]
    return torch.where(signs == 0, given, _unsoft((given * signs).numpy()))


def _unsoft(values: Floats) -> Tensor:
    """What softplus makes the values of."""
    return torch.log(torch.expm1(torch.from_numpy(values).clamp(min=1e-4)))


def fit(
    found: Sequence[Example], *, epochs: int = 40, seed: int = 1, start: Weights | None = None
) -> Weights:
    """Learn the perceptron by the likelihood of the right answers, "none of these" among them."""
    torch.manual_seed(seed)
    usable = [example for example in found if example.answer >= NONE]
    features, there, answers = _tensors(usable)
    flat = features[:, :FOREMOST][there[:, :FOREMOST]]
    mean, scale = flat.mean(0), flat.std(0).clamp(min=1e-2)
    if start is not None:
        mean, scale = torch.from_numpy(start.mean), torch.from_numpy(start.scale)
    network = Perceptron(start)
    rate = 1e-2 if start is None else 2e-3
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=1e-3)
    given = (features - mean) / scale
    for _ in track(range(epochs), "ranker"):
        for part in torch.split(torch.randperm(len(usable)), 256):
            loss = functional.cross_entropy(_scores(network, given[part], there[part]), answers[part])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch's own
            optimizer.step()
    return _weights(network, mean, scale)


def _scores(network: nn.Module, features: Tensor, there: Tensor) -> Tensor:
    scores = network(features).masked_fill(~there, -1e4)
    return functional.pad(scores, (0, 1))


def _tensors(found: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor]:
    features = torch.zeros(len(found), SHORTLIST, len(FEATURES))
    there = torch.zeros(len(found), SHORTLIST, dtype=torch.bool)
    for row, example in enumerate(found):
        features[row, : len(example.features)] = torch.from_numpy(example.features)
        there[row, : len(example.features)] = True
    answers = torch.tensor([example.answer if example.answer >= 0 else SHORTLIST for example in found])
    return features, there, answers


def _weights(network: Perceptron, mean: Tensor, scale: Tensor) -> Weights:
    with torch.no_grad():
        hidden, out = network.weights()
        return Weights(
            mean=mean.numpy(),
            scale=scale.numpy(),
            hidden=hidden.numpy().copy(),
            hidden_bias=network.bias.numpy().copy(),
            out=out.numpy().copy(),
            out_bias=float(network.last),
            limits=Limits(answer=0.5, margin=0.1, suggest=0.25),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Shares in per cent: of questions with an answer, and of those without."""

    right: float
    wrong: float
    first: float
    rejected: float


def outcome(ranked: Sequence[tuple[NDArray[np.float32], int]], limits: Limits) -> Outcome:
    """What the limits lead to, for (probabilities, place of the answer)."""
    inside = [(chances, answer) for chances, answer in ranked if answer != -1]
    outside = [chances for chances, answer in ranked if answer == -1]
    given = [(_answer(chances, limits), answer) for chances, answer in inside]
    return Outcome(
        right=_share(place == answer for place, answer in given),
        wrong=_share(place not in (-1, answer) for place, answer in given),
        first=_share(int(chances.argmax()) == answer for chances, answer in inside),
        rejected=_share(_answer(chances, limits) == -1 for chances in outside),
    )


def _answer(chances: Floats, limits: Limits) -> int:
    order = np.argsort(-chances)
    ranked = [(str(place), float(chances[place])) for place in order[:2]]
    return int(order[0]) if decide(ranked, limits) == "meaning" else -1


def _share(found: Iterable[bool]) -> float:
    listed = list(found)
    return 100 * sum(listed) / max(len(listed), 1)


def best_limits(*groups: Sequence[tuple[NDArray[np.float32], int]]) -> Limits:
    """The limits under which right answers, less what wrong ones cost, are most: a wrong one costs one.

    Every group of questions counts the same, however many they are.
    """

    def worth(limits: Limits) -> float:
        found = [outcome(group, limits) for group in groups]
        return sum(one.right - one.wrong - (100 - one.rejected) for one in found)

    grid = [
        Limits(answer=answer / 100, margin=margin, suggest=answer / 200)
        for answer in range(20, 96, 2)
        for margin in (0.0, 0.1, 0.2, 0.3)
    ]
    return max(grid, key=worth)


def main() -> None:
    """Simulate, learn, choose limits on trades that were left out, print the curve, save."""
    given = _arguments()
    torch.set_num_threads(1)
    encoder = shipped(given.encoder)
    parts, talk = corpus.split(corpus.topics()), corpus.talk()
    known = background(parts.seen, talk, encoder)
    simulated = examples(track(list(trials(pool(parts, talk), given.trials, 1)), "FAQs"), encoder, known)
    written = {
        kind: {
            trade.name: examples([trade.trial()], encoder, known)
            for trade in faq_trials.trades(kinds=(kind,))
            if trade.name in faq_trials.JUDGED
        }
        for kind in faq_trials.KINDS
    }
    judged = {kind: list(_left_out(simulated, written, kind)) for kind in faq_trials.KINDS}
    for answer in np.arange(0.3, 0.96, 0.1):
        limits = Limits(answer=float(answer), margin=0.1, suggest=0.2)
        print(f"{answer:.2f}", *(outcome(judged[kind], limits) for kind in faq_trials.KINDS))
    limits = best_limits(*(judged[kind] for kind in EVERYDAY_COUNTS_TWICE))
    print(len(simulated), limits, *(outcome(judged[kind], limits) for kind in faq_trials.KINDS))
    weights = fit([*simulated, *_all(written) * WRITTEN_COUNTS])
    _save(weights, limits, known, given.out)


def _left_out(
    simulated: Sequence[Example], written: Mapping[str, Mapping[str, Sequence[Example]]], kind: str
) -> Iterator[tuple[Floats, int]]:
    """Every trade's questions of a kind, judged by what the other trades and the simulated FAQs taught."""
    for trade, found in written[kind].items():
        others = {
            name: {one: rows for one, rows in by.items() if one != trade} for name, by in written.items()
        }
        weights = fit([*simulated, *_all(others) * WRITTEN_COUNTS])
        yield from ((weights.chances(example.features), example.answer) for example in found)


def _all(written: Mapping[str, Mapping[str, Sequence[Example]]]) -> list[Example]:
    return [example for by in written.values() for rows in by.values() for example in rows]


def _save(weights: Weights, limits: Limits, known: Background, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    replace(weights, limits=limits).save(out / RANKER)
    known.save(out / BACKGROUND)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--encoder", type=Path, required=True, help="folder of an encoder trained with --trial"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--trials", type=int, default=150)
    return parser.parse_args()


if __name__ == "__main__":
    main()
