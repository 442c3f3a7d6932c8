"""A tokenizer of single characters, made from the texts that a model is to read."""

from collections import Counter
from collections.abc import Iterable, Sequence

import torch
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Split
from tokenizers.processors import TemplateProcessing
from torch import Tensor

from nlp.masking import SIGNS

PAD, UNKNOWN, START, MASKED = 0, 1, 2, 3
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[MASK]")
LONGEST = 72
"""Tokens of a text that a model reads; what follows is cut off."""


def characters(texts: Iterable[str], *, rare: int = 1) -> Tokenizer:
    """One token a character that stands at least `rare` times in the texts; [CLS] goes first."""
    seen = Counter(character for text in texts for character in text.lower())
    known = sorted({*SIGNS.lower(), *(one for one, count in seen.items() if count >= rare)})
    vocabulary = {token: number for number, token in enumerate((*SPECIAL, *known))}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))  # noqa: S106  # no password
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = Split(Regex(r"[\s\S]"), "isolated")
    tokenizer.post_processor = TemplateProcessing(single="[CLS] $A", special_tokens=[("[CLS]", START)])
    return limited(tokenizer)


def limited(tokenizer: Tokenizer) -> Tokenizer:
    """The tokenizer, cutting texts at the longest length that models read."""
    tokenizer.enable_truncation(LONGEST)
    return tokenizer


def encoded(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """Token numbers of every text, as long as it is."""
    tokenizer.no_padding()
    return [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]


def padded(rows: Sequence[Sequence[int]], padding: int = PAD) -> Tensor:
    """Shape (rows, longest row); `padding` behind the shorter ones."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[padding] * (longest - len(row))] for row in rows])
