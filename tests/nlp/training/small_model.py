"""A file of the kind that the pretrained model comes in, with random weights and a few pieces."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HIDDEN, LAYERS, HEADS, INNER = 32, 12, 2, 64
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "苹果", *"苹果草莓两箱盒来要几点取货坏了签到0abc?")


def write(path: Path, seed: int = 1) -> None:
    """Write it; the same seed gives the same weights."""
    chance = np.random.default_rng(seed)
    text = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, text)]).astype(np.uint32)
    scores = np.array([0] * 4 + [-5.0] * (len(PIECES) - 4), dtype=np.float32)
    head = struct.pack(
        "<4s I 7i f i", b"E5S1", 1, HIDDEN, LAYERS, HEADS, INNER, len(PIECES), 128, 2, 1e-12, 32
    )
    head += struct.pack("<5i Q", len(PIECES), 0, 2, 1, 3, int(offsets[-1]))
    head += offsets.tobytes() + scores.tobytes() + b"".join(text) + struct.pack("<iI", 0, 0)
    path.write_bytes(_with_tensors(head, _tensors(chance)))


def packed(matrix: NDArray[np.float32]) -> bytes:
    """A matrix with four bits a weight: of 32 weights a scale in half precision, then two weights a byte."""
    blocks = matrix.reshape(-1, 32)
    scale = (np.abs(blocks).max(1, keepdims=True) / 7).astype(np.float16)
    levels = np.clip(np.round(blocks / np.maximum(scale.astype(np.float32), 1e-8)) + 8, 0, 15).astype(
        np.uint8
    )
    pairs = levels[:, :16] | levels[:, 16:] << 4
    return np.concatenate((scale.view(np.uint8).reshape(-1, 2), pairs), axis=1).tobytes()


def _tensors(chance: np.random.Generator) -> Mapping[str, bytes]:
    def matrix(rows: int, columns: int) -> bytes:
        return packed((chance.standard_normal((rows, columns)) * 0.1).astype(np.float32))

    def plain(*values: float) -> bytes:
        return np.array(values, dtype=np.float32).tobytes()

    made = {
        "emb.word": matrix(len(PIECES), HIDDEN), "emb.pos": plain(*[0.0] * (128 * HIDDEN)),
        "emb.type": plain(*[0.0] * (2 * HIDDEN)),
        "emb.ln.w": plain(*[1.0] * HIDDEN), "emb.ln.b": plain(*[0.0] * HIDDEN),
    }  # fmt: skip
    for layer in range(LAYERS):
        for name, rows, columns in _SHAPES:
            made[f"l{layer}.{name}.w"] = matrix(rows, columns)
            made[f"l{layer}.{name}.b"] = plain(*[0.0] * rows)
        for name in ("aln", "oln"):
            made[f"l{layer}.{name}.w"] = plain(*[1.0] * HIDDEN)
            made[f"l{layer}.{name}.b"] = plain(*[0.0] * HIDDEN)
    return made


_SHAPES: Sequence[tuple[str, int, int]] = (
    *((name, HIDDEN, HIDDEN) for name in ("q", "k", "v", "ao")),
    ("fi", INNER, HIDDEN),
    ("fo", HIDDEN, INNER),
)


def _with_tensors(head: bytes, tensors: Mapping[str, bytes]) -> bytes:
    size = len(head) + 4 + sum(2 + len(name) + 21 for name in tensors)
    directory, body = struct.pack("<i", len(tensors)), b""
    for name, data in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<B I Q Q", 0, 0, size + len(body), len(data))
        body += data
    return head + directory + body
