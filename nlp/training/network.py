"""The network that is trained: the layers of a Hugging Face checkpoint, and votes of the text's n-grams."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel

GRAMS = 31_991
"""Rows of the table of votes; a prime, so that n-grams spread evenly."""
_FACTORS = (6271, 15_485_863, 32_452_843)
"""One for every piece of the longest n-gram."""


class Network(nn.Module):
    """What the layers make of a text on average, beside votes of its n-grams of up to three pieces.

    On some thousand lines the layers alone lose to a plain linear model of n-grams on other people's words:
    they learn slowly what single words tell for sure. So both are here, each fitted as a classifier of its
    own and both together.
    """

    def __init__(self, checkpoint: str, labels: int, *, dropout: float = 0.15) -> None:
        super().__init__()
        self.model: Any = AutoModel.from_pretrained(checkpoint, attn_implementation="eager")
        self.model.pooler = None
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(self.model.config.hidden_size, labels)
        self.votes = nn.Embedding(GRAMS, labels)
        nn.init.zeros_(self.votes.weight)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Logits (texts, labels) of token numbers and attention mask, both (texts, length)."""
        deep, flat = self.parts(ids, mask)
        return deep + flat

    def parts(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of the layers and of the votes, both (texts, labels)."""
        states = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(states.dtype)
        length = weight.sum(1).clamp(min=1)
        deep: Tensor = self.head(self.dropout((states * weight).sum(1) / length))
        flat: Tensor = (self.dropout(self._votes(ids * mask)) * weight).sum(1) / length.sqrt()
        return deep, flat

    def _votes(self, ids: Tensor) -> Tensor:
        """Shape (texts, length, labels): of all n-grams that begin at a piece."""
        gram = torch.zeros_like(ids)
        votes = torch.zeros((), device=ids.device)
        for place, factor in enumerate(_FACTORS):
            gram = gram + (functional.pad(ids[:, place:], (0, place)) + 1) * factor
            votes = votes + self.votes(gram % GRAMS)
        return votes
