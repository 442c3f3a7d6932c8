"""The network that is trained: the layers of a Hugging Face checkpoint, and a head over their states."""

from typing import Any

from torch import Tensor, nn
from transformers import AutoModel


class Network(nn.Module):
    """What the layers make of a text on average, and what that says of its label."""

    def __init__(self, checkpoint: str, labels: int, *, dropout: float = 0.15) -> None:
        super().__init__()
        self.model: Any = AutoModel.from_pretrained(checkpoint, attn_implementation="eager")
        self.model.pooler = None
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(self.model.config.hidden_size, labels)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Logits (texts, labels) of token numbers and attention mask, both (texts, length)."""
        states = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(states.dtype)
        length = weight.sum(1).clamp(min=1)
        logits: Tensor = self.head(self.dropout((states * weight).sum(1) / length))
        return logits
