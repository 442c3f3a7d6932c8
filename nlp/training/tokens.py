"""Texts to rows of token numbers, as models learn them."""

from collections.abc import Sequence

import torch
from tokenizers import Tokenizer
from torch import Tensor

from nlp.classifier import NOTHING

PAD = 0
"""Fills up shorter rows; what stands there is not read, whatever the number means to a tokenizer."""
LONGEST = 72
"""Tokens of a text that a model reads; what follows is cut off."""
_HIDDEN = ("[MASK]", "<mask>", "<unk>", "[UNK]")


def limited(tokenizer: Tokenizer) -> Tokenizer:
    """The tokenizer, cutting texts at the longest length that models read."""
    tokenizer.enable_truncation(LONGEST)
    return tokenizer


def hidden(tokenizer: Tokenizer) -> int:
    """What stands for a token that is hidden. Raises ValueError for a tokenizer without such a token."""
    known = (tokenizer.token_to_id(sign) for sign in _HIDDEN)
    found = next((number for number in known if number is not None), None)
    if found is None:
        raise ValueError(f"a tokenizer without any of {_HIDDEN}")
    return found


def encoded(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """Token numbers of every text, as long as it is."""
    tokenizer.no_padding()
    return [encoding.ids for encoding in tokenizer.encode_batch([text or NOTHING for text in texts])]


def padded(rows: Sequence[Sequence[int]]) -> Tensor:
    """Shape (rows, longest row); PAD behind the shorter ones."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[PAD] * (longest - len(row))] for row in rows])


def mask(rows: Sequence[Sequence[int]]) -> Tensor:
    """Shape (rows, longest row): 1 where `padded` has a token of the row."""
    longest = max(map(len, rows))
    return torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
