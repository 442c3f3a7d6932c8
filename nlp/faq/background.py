"""What else people ask and say: the corpus's topics, with which entries compete for a question."""

import base64
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
SHARPNESS = 14.0
LINK, LINK_WIDTH = 0.55, 0.06
"""Likeness of a topic and an entry from which they are held for the same thing, and how sudden that is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """`topics` (topics, size) and `talk` (clusters, size): unit vectors of what the encoder learned from."""

    topics: Floats
    talk: Floats

    def shares(self, vectors: Floats) -> Floats:
        """How much each vector is about each topic, and about each cluster of talk: rows that sum to 1."""
        scores = SHARPNESS * vectors @ np.concatenate((self.topics, self.talk)).T
        powers = np.exp(scores - scores.max(-1, keepdims=True))
        shares: Floats = (powers / powers.sum(-1, keepdims=True)).astype(np.float32)
        return shares

    def links(self, vectors: Floats) -> Floats:
        """How far each vector stands for each topic, 0 to 1."""
        likeness = vectors @ self.topics.T
        links: Floats = (1 / (1 + np.exp((LINK - likeness) / LINK_WIDTH))).astype(np.float32)
        return links

    def save(self, path: Path) -> None:
        """Write it as JSON, each number in 8 bits."""
        packed = {name: _packed(getattr(self, name)) for name in ("topics", "talk")}
        path.write_text(json.dumps({"size": self.topics.shape[1], **packed}), encoding="utf-8")

    @staticmethod
    def load(path: Path) -> "Background":
        """Read what `save` wrote."""
        data = json.loads(path.read_text(encoding="utf-8"))
        return Background(
            topics=_unpacked(data["topics"], data["size"]), talk=_unpacked(data["talk"], data["size"])
        )


def units(vectors: Floats) -> Floats:
    """The rows, each of length 1."""
    made: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    return made


def _packed(vectors: Floats) -> str:
    return base64.b64encode(np.round(vectors * 127).astype(np.int8).tobytes()).decode()


def _unpacked(text: str, size: int) -> Floats:
    raw = np.frombuffer(base64.b64decode(text), dtype=np.int8).reshape(-1, size)
    return units(raw.astype(np.float32))
