"""Learning the language first: hidden characters are guessed from the rest, on all that was written here."""

from collections.abc import Iterator, Sequence
from random import Random

import torch
from rich.progress import track
from tokenizers import Tokenizer
from torch import Tensor, nn

from nlp.training.fitting import quick
from nlp.training.network import CharacterBert
from nlp.training.tokens import MASKED, PAD, encoded, padded

_HIDDEN = 0.2
_BATCH = 96
_IGNORED = -100


def pretrain(
    network: CharacterBert, tokenizer: Tokenizer, texts: Sequence[str], *, epochs: int, seed: int
) -> None:
    """Change the network's layers and tables in place; its head and its votes stay as they are."""
    random = Random(seed)
    torch.manual_seed(seed)
    rows = [row for row in encoded(tokenizer, texts) if len(row) > 3]  # noqa: PLR2004  # a start and two characters
    learned = [one for name, one in network.named_parameters() if not name.startswith(("head", "votes"))]
    size = network.characters.embedding_dim
    guess = nn.Sequential(nn.Linear(size, size), nn.GELU(), nn.LayerNorm(size))
    optimizer = torch.optim.AdamW(
        [*learned, *guess.parameters()], lr=8e-4, weight_decay=0.02, betas=(0.9, 0.98)
    )
    steps = epochs * (len(rows) // _BATCH + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 8e-4, total_steps=steps + 1, pct_start=0.1)
    network.train()
    for ids, wanted in track(_batches(rows, epochs, random), "预训练", total=steps, transient=True):
        with quick():
            states = guess(network.states(ids, (ids != PAD).long())[wanted != _IGNORED])
            logits = states @ network.characters.weight.T
        loss = nn.functional.cross_entropy(logits.float(), wanted[wanted != _IGNORED])
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it without types
        nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        schedule.step()


def _batches(rows: Sequence[list[int]], epochs: int, random: Random) -> Iterator[tuple[Tensor, Tensor]]:
    for _ in range(epochs):
        order = sorted(range(len(rows)), key=lambda index: len(rows[index]) + random.random() * 4)
        parts = [order[first : first + _BATCH] for first in range(0, len(order), _BATCH)]
        for part in random.sample(parts, len(parts)):
            pairs = [_hidden(rows[index], random) for index in part]
            yield padded([ids for ids, _ in pairs]), padded([wanted for _, wanted in pairs], _IGNORED)


def _hidden(row: list[int], random: Random) -> tuple[list[int], list[int]]:
    """The row with some characters hidden, one at least, and what stood there."""
    places = {place for place in range(1, len(row)) if random.random() < _HIDDEN}
    places = places or {random.randrange(1, len(row))}
    ids = [MASKED if place in places else token for place, token in enumerate(row)]
    return ids, [token if place in places else _IGNORED for place, token in enumerate(row)]
