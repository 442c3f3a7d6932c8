"""The sentence encoder as it is trained: characters, their sounds and pairs, a few layers, a mean."""

from collections.abc import Iterable, Sequence
from typing import Any

import torch
from pypinyin import Style, pinyin
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertConfig, BertModel

PAD, UNKNOWN, MASK = 0, 1, 2
SPECIAL = ("[PAD]", "[UNK]", "[MASK]")
PAIRS = 12_289
"""Rows of the table of character pairs; a prime, so that pairs spread evenly."""


def vocabulary(lines: Iterable[str]) -> dict[str, int]:
    """Numbers of characters: those of the lines and all of GB 2312, for rare ones have at least a sound."""
    common = bytes(range(0x100)).decode("latin-1")
    level = [
        bytes((high, low)).decode("gb2312", "ignore")
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
    ]
    letters = [
        character for character in common if character.isascii() and (character.isalnum() or character == " ")
    ]
    known = sorted({*letters, *(character for character in level if character), *"".join(lines)})
    return {character: number for number, character in enumerate((*SPECIAL, *known))}


def sounds_of(vocab: dict[str, int]) -> list[int]:
    """For every character of the vocabulary the number of its syllable; 0 for what has none."""
    numbers: dict[str, int] = {}
    return [_sound(character, numbers) for character in vocab]


def _sound(character: str, numbers: dict[str, int]) -> int:
    if not "\u4e00" <= character <= "\u9fff":
        return 0
    return numbers.setdefault(pinyin(character, style=Style.NORMAL)[0][0], len(numbers) + 1)


class Encoder(nn.Module):
    """Sentences (batch, length) of character numbers, 0 for padding, to unit vectors (batch, size)."""

    def __init__(
        self, vocab: dict[str, int], *, size: int = 256, layers: int = 2, dropout: float = 0.15
    ) -> None:
        super().__init__()
        self.config = BertConfig(
            vocab_size=3,
            hidden_size=size,
            num_hidden_layers=layers,
            num_attention_heads=size // 64,
            intermediate_size=size * 3,
            max_position_embeddings=72,
            hidden_dropout_prob=dropout,
            attention_probs_dropout_prob=0.1,
        )
        self.characters = nn.Embedding(len(vocab), size, padding_idx=PAD)
        self.sounds = nn.Embedding(450, size, padding_idx=0)
        self.pairs = nn.Embedding(PAIRS, size)
        for table in (self.characters, self.sounds, self.pairs):
            nn.init.normal_(table.weight, std=0.02)
        self.register_buffer("sound_of", torch.tensor(sounds_of(vocab)))
        self.config._attn_implementation = "eager"  # noqa: SLF001  # what can be exported; the constructor is typed without it
        self.bert: Any = BertModel(self.config, add_pooling_layer=False)
        self.mix = nn.Linear(2 * size, size)

    def states(self, ids: Tensor) -> Tensor:
        """Hidden states (batch, length, size)."""
        return self._read(ids, self._embedded(ids))

    def forward(self, ids: Tensor) -> Tensor:
        """Unit vectors: what the layers made of the sentence beside its plain bag of characters and pairs."""
        embedded = self._embedded(ids)
        weight = (ids != PAD).unsqueeze(-1).to(embedded.dtype)
        total = weight.sum(1).clamp(min=1)
        deep = (self._read(ids, embedded) * weight).sum(1) / total
        flat = (embedded * weight).sum(1) / total
        return functional.normalize(self.mix(torch.cat((deep, flat * 8), -1)), dim=-1)

    def _embedded(self, ids: Tensor) -> Tensor:
        after = functional.pad(ids[:, 1:], (0, 1))
        pair = (ids * 7919 + after * 104_729) % PAIRS
        sound = self.sound_of[ids]  # type: ignore[index]  # a buffer, which is typed as a tensor or a module
        embedded: Tensor = self.characters(ids) + self.sounds(sound) + self.pairs(pair)
        return embedded

    def _read(self, ids: Tensor, embedded: Tensor) -> Tensor:
        mask = (ids != PAD).long()
        read: Tensor = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return read


def batch(lines: Sequence[str], vocab: dict[str, int]) -> Tensor:
    """Character numbers (lines, longest line), padded with 0."""
    numbers = [[vocab.get(character, UNKNOWN) for character in line] or [UNKNOWN] for line in lines]
    longest = max(map(len, numbers))
    return torch.tensor([row + [PAD] * (longest - len(row)) for row in numbers])
