"""The sentence encoder as it is trained: a checkpoint's layers, vectors of texts and of their pieces."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

PAD, UNKNOWN = 1, 3
"""Numbers of pieces, see nlp.training.pretrained."""
DROPOUT = 0.1
PART = 64
"""Size of the vector of one piece of a text."""
TOGETHER = 48
"""Lines that are read at once; they are of like length, so that there is hardly any padding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Unit vectors of lines (lines, size) and of all their pieces (pieces, PART), and each piece's line."""

    whole: Tensor
    parts: Tensor
    owners: Tensor

    def covered(self) -> Tensor:
        """How well each line's pieces are found in each other line (lines, lines), 1 for all of them."""
        lines = len(self.whole)
        found = torch.full((len(self.parts), lines), -1.0)
        columns = self.owners.expand(len(self.parts), -1)
        found = found.scatter_reduce(1, columns, self.parts @ self.parts.T, "amax")
        total = torch.zeros(lines, lines).index_add(0, self.owners, found)
        return total / torch.bincount(self.owners, minlength=lines).clamp(min=1)[:, None]


class Encoder(nn.Module):
    """Piece numbers (batch, length), PAD for padding, to unit vectors of sentences and of pieces."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.bert = BertModel.from_pretrained(
            folder,
            add_pooling_layer=False,
            attn_implementation="eager",
            hidden_dropout_prob=DROPOUT,
            attention_probs_dropout_prob=DROPOUT,
        )
        self.size: int = self.bert.config.hidden_size
        self.part = nn.Linear(self.size, PART, bias=False)
        if (folder / "part.pt").exists():
            self.part.load_state_dict(torch.load(folder / "part.pt", weights_only=True))

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """Unit vectors (batch, size), the means of the last states; (batch, length, PART) of the pieces."""
        mask = ids != PAD
        states: Tensor = self.bert(input_ids=ids, attention_mask=mask.long()).last_hidden_state
        weight = mask.unsqueeze(-1).to(states.dtype)
        whole = functional.normalize((states * weight).sum(1), dim=-1)
        return whole, functional.normalize(self.part(states), dim=-1) * weight

    def batch(self, lines: Sequence[str]) -> Tensor:
        """Piece numbers (lines, longest line)."""
        rows = [one.ids or [UNKNOWN] for one in self.tokenizer.encode_batch(list(lines))]
        longest = max(map(len, rows))
        return torch.tensor([row + [PAD] * (longest - len(row)) for row in rows])

    def read(self, lines: Sequence[str]) -> Reading:
        """Read lines in batches of like length."""
        order = sorted(range(len(lines)), key=lambda index: len(lines[index]))
        wholes, parts, owners = [], [], []
        for first in range(0, len(order), TOGETHER):
            chosen = order[first : first + TOGETHER]
            ids = self.batch([lines[index] for index in chosen])
            whole, part = self(ids)
            wholes.append(whole)
            parts.append(part[ids != PAD])
            owners.append(torch.tensor(chosen).repeat_interleave((ids != PAD).sum(1)))
        back = torch.tensor(order).argsort()
        return Reading(whole=torch.cat(wholes)[back], parts=torch.cat(parts), owners=torch.cat(owners))

    @torch.no_grad()
    def vectors(self, lines: Sequence[str]) -> Tensor:
        """Unit vectors (lines, size), without learning from them."""
        self.eval()
        return self.read(lines).whole

    def save(self, folder: Path) -> None:
        """Write it as the kind of folder it was read from."""
        self.bert.save_pretrained(folder)
        self.tokenizer.save(str(folder / "tokenizer.json"))
        torch.save(self.part.state_dict(), folder / "part.pt")
