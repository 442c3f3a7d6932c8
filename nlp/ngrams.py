"""A linear model of character n-grams: it knows at once what a network learns slowly, words that tell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

FILE = "ngrams.npz"
LONGEST = 4
"""Characters of the longest n-gram."""
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class NgramModel:
    """Weights (grams, labels) in 8 bits, a scale for each label; a gram is known by its checksum, sorted."""

    keys: NDArray[np.uint32]
    rarity: Floats
    weights: NDArray[np.int8]
    scale: Floats
    bias: Floats

    def logits(self, texts: Sequence[str]) -> Floats:
        """Scores (texts, labels): the weights of the n-grams it knows, by rarity, each text of length 1."""
        return np.stack([self._scores(text) for text in texts])

    def _scores(self, text: str) -> Floats:
        asked = np.array([key(gram) for gram in set(grams(text))], dtype=np.uint32)
        places = np.minimum(np.searchsorted(self.keys, asked), len(self.keys) - 1)
        found = places[self.keys[places] == asked]
        if not len(found):
            return self.bias
        shares = self.rarity[found] / np.linalg.norm(self.rarity[found])
        scores: Floats = shares @ self.weights[found].astype(np.float32) * self.scale + self.bias
        return scores

    def save(self, folder: Path) -> None:
        """Write it beside the network of the folder."""
        np.savez_compressed(
            folder / FILE,
            keys=self.keys,
            rarity=self.rarity.astype(np.float16),
            weights=self.weights,
            scale=self.scale,
            bias=self.bias,
        )

    @staticmethod
    def load(path: Path) -> "NgramModel":
        """Read what `save` wrote."""
        with np.load(path) as data:
            return NgramModel(
                keys=data["keys"],
                rarity=data["rarity"].astype(np.float32),
                weights=data["weights"],
                scale=data["scale"],
                bias=data["bias"],
            )


def grams(text: str) -> Iterator[str]:
    """All n-grams of the text, whose ends are signs of their own."""
    framed = f"^{text}$"
    for length in range(1, LONGEST + 1):
        for start in range(len(framed) - length + 1):
            yield framed[start : start + length]


def key(gram: str) -> int:
    """What stands for a gram in the file."""
    return crc32(gram.encode())
