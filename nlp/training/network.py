"""The networks that are trained: a small BERT over characters of our own, or any Hugging Face checkpoint."""

from collections.abc import Mapping
from typing import Any

import torch
from pypinyin import Style, pinyin
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModelForSequenceClassification, BertConfig, BertModel

from nlp.training.tokens import LONGEST, PAD, SPECIAL

PAIRS = 8191
"""Rows of the table of character pairs; a prime, so that pairs spread evenly."""
GRAMS = 65_521
"""Rows of the table of votes."""
_FACTORS = (6271, 15_485_863, 32_452_843, 49_979_687)
_LONGEST_GRAM = 4
_SYLLABLES = 450


class Network(nn.Module):
    """What can be fitted and exported: its logits are the sum of its parts."""

    def parts(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """Logits (texts, labels) of classifiers that are to be good alone and together.

        `ids` and `mask` are token numbers and attention mask, both (texts, length).
        """
        raise NotImplementedError

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Logits (texts, labels)."""
        first, *others = self.parts(ids, mask)
        return sum(others, first)


class CharacterBert(Network):
    """A BERT whose tokens know their character, its sound and the pair they begin, beside votes of n-grams.

    A BERT that starts from nothing on some ten thousand lines learns these lines by heart sooner than what
    n-grams give for free: on other people's words it loses to them. So n-grams of up to four characters vote
    beside it, and both are fitted as classifiers of their own and together.
    """

    def __init__(
        self,
        vocabulary: Mapping[str, int],
        labels: int,
        *,
        size: int = 192,
        layers: int = 4,
        dropout: float = 0.15,
    ) -> None:
        super().__init__()
        self.config = BertConfig(
            vocab_size=len(SPECIAL),  # tokens come in as vectors: its own table is not used
            hidden_size=size,
            num_hidden_layers=layers,
            num_attention_heads=size // 64,
            intermediate_size=size * 3,
            max_position_embeddings=LONGEST,
            hidden_dropout_prob=dropout,
            attention_probs_dropout_prob=0.1,
            pad_token_id=PAD,
        )
        self.config._attn_implementation = "eager"  # noqa: SLF001  # the one that can be exported
        self.characters = nn.Embedding(len(vocabulary), size, padding_idx=PAD)
        self.sounds = nn.Embedding(_SYLLABLES, size, padding_idx=0)
        self.pairs = nn.Embedding(PAIRS, size)
        self.votes = nn.Embedding(GRAMS, labels)
        self.bert: Any = BertModel(self.config, add_pooling_layer=False)
        self.dropout = nn.Dropout(2 * dropout)
        self.head = nn.Linear(2 * size, labels)
        self.register_buffer("sound_of", torch.tensor(sounds_of(vocabulary)))
        for table in (self.characters, self.sounds, self.pairs):
            nn.init.normal_(table.weight, std=0.02)
        nn.init.zeros_(self.votes.weight)

    def parts(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of the layers and votes of the n-grams, both (texts, labels)."""
        states = self.states(ids, mask)
        weight = mask.unsqueeze(-1).to(states.dtype)
        length = weight.sum(1)
        mean = (states * weight).sum(1) / length
        deep: Tensor = self.head(self.dropout(torch.cat((states[:, 0], mean), -1)))
        flat: Tensor = (self.dropout(self._votes(ids)) * weight).sum(1) / length.sqrt()
        return deep, flat

    def states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Hidden states (texts, length, size)."""
        pair = (ids * 7919 + _after(ids, 1) * 104_729) % PAIRS
        sound = self.get_buffer("sound_of")[ids]
        embedded = self.characters(ids) + self.sounds(sound) + self.pairs(pair)
        read: Tensor = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return read

    def _votes(self, ids: Tensor) -> Tensor:
        """Shape (texts, length, labels): of all n-grams that begin at a character."""
        gram = torch.zeros_like(ids)
        votes = torch.zeros((), device=ids.device)
        for place in range(_LONGEST_GRAM):
            gram = gram + (_after(ids, place) + 1) * _FACTORS[place]
            votes = votes + self.votes(gram % GRAMS)
        return votes


class Checkpoint(Network):
    """A Hugging Face checkpoint with a new head for the labels."""

    def __init__(self, name: str, labels: int) -> None:
        super().__init__()
        self.model: Any = AutoModelForSequenceClassification.from_pretrained(
            name, num_labels=labels, attn_implementation="eager", ignore_mismatched_sizes=True
        )

    def parts(self, ids: Tensor, mask: Tensor) -> tuple[Tensor]:
        """The logits, in one part."""
        return (self.model(input_ids=ids, attention_mask=mask).logits,)


def sounds_of(vocabulary: Mapping[str, int]) -> list[int]:
    """For every token the number of its syllable without tone; 0 for what has none."""
    numbers: dict[str, int] = {}
    return [_sound(token, numbers) for token in vocabulary]


def _sound(token: str, numbers: dict[str, int]) -> int:
    if not "\u4e00" <= token <= "\u9fff" or len(token) > 1:
        return 0
    number = numbers.setdefault(pinyin(token, style=Style.NORMAL)[0][0], len(numbers) + 1)
    return number if number < _SYLLABLES else 0


def _after(ids: Tensor, steps: int) -> Tensor:
    """The tokens that stand so many steps behind; 0 behind the last."""
    return functional.pad(ids[:, steps:], (0, steps))
