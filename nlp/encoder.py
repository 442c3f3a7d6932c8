"""Sentences to vectors, by the shipped ONNX model or by any sentence-transformers model in its place."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from nlp.faq.writing import encoded

Vectors = NDArray[np.float32]
Packed = NDArray[np.int8]
_Number = TypeVar("_Number", np.float32, np.int8)
SHIPPED = Path(__file__).parent / "models" / "faq"
LONGEST = 64
PAD = 1
"""The tokenizer's number for what only fills up a shorter line."""
BATCH = 16
"""What is read at once; more is no quicker, and onnxruntime keeps the memory of the largest batch."""
CACHE = "faq-vectors.npz"


class Reading(NamedTuple):
    """What a model made of a sentence: its unit vector (size,), its pieces' (pieces, part), packed."""

    whole: Vectors
    parts: Packed


class SentenceEncoder:
    """Turns sentences into unit vectors; `name` says which model does. Remembers what it has read."""

    def __init__(self, name: str, read: Callable[[Sequence[str]], Sequence[Reading]]) -> None:
        self.name = name
        self.read = read
        self._known: dict[str, Reading] = {}

    def readings(self, texts: Sequence[str]) -> Sequence[Reading]:
        """For texts that come back: each is read once."""
        lines = [encoded(text, LONGEST) for text in texts]
        new = sorted({line for line in lines if line not in self._known}, key=len)
        for first in range(0, len(new), BATCH):
            part = new[first : first + BATCH]
            self._known.update(zip(part, self.read(part), strict=True))
        return [self._known[line] for line in lines]

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors (texts, size) of whole texts that come back."""
        return np.stack([one.whole for one in self.readings(texts)])

    def reading(self, text: str) -> Reading:
        """A text that is read now and not remembered."""
        line = encoded(text, LONGEST)
        return self._known.get(line) or self.read([line])[0]

    def save(self, folder: Path, keep: Sequence[str]) -> None:
        """Keep what was made of these texts on disk, in place of what was kept there."""
        lines = [
            line for line in dict.fromkeys(encoded(text, LONGEST) for text in keep) if line in self._known
        ]
        if lines:
            folder.mkdir(parents=True, exist_ok=True)
            read = [self._known[line] for line in lines]
            np.savez(
                folder / CACHE,
                model=np.array(self.name),
                lines=np.array(lines),
                wholes=joined([one.whole[None] for one in read]).astype(np.float16),
                parts=joined([one.parts for one in read]),
                ends=np.cumsum([len(one.parts) for one in read]),
            )

    def load(self, folder: Path) -> None:
        """Take over what this same model read before; a file that is missing or broken is no loss."""
        try:
            with np.load(folder / CACHE) as data:
                if str(data["model"]) == self.name:
                    wholes = data["wholes"].astype(np.float32)
                    parts = np.split(data["parts"], data["ends"][:-1])
                    read = map(Reading, wholes, parts)
                    self._known.update(zip(map(str, data["lines"]), read, strict=True))
        except (OSError, ValueError, KeyError, BadZipFile):
            return


def joined(rows: Sequence[NDArray[_Number]]) -> NDArray[_Number]:
    """One matrix of many; numpy makes it in one go, which for a large FAQ holds up all other threads."""
    matrix = np.empty((sum(map(len, rows)), *rows[0].shape[1:]), dtype=rows[0].dtype)
    end = 0
    for one in rows:
        end += len(one)
        matrix[end - len(one) : end] = one
    return matrix


def packed(vectors: Vectors) -> Packed:
    """Unit vectors in 8 bits a number."""
    made: Packed = np.round(vectors * 127).astype(np.int8)
    return made


def wholes(vectors: Vectors) -> Sequence[Reading]:
    """Readings of a model that tells nothing of the pieces."""
    return [Reading(vector, np.zeros((0, 0), dtype=np.int8)) for vector in vectors]


def unpacked(vectors: Packed) -> Vectors:
    """What `packed` made, of length 1 again but for the rounding."""
    made: Vectors = vectors.astype(np.float32) / np.float32(127)
    return made


@cache
def shipped(folder: Path = SHIPPED) -> SentenceEncoder:
    """The encoder in the package. Raises FileNotFoundError where the package has none."""
    import onnxruntime  # noqa: PLC0415  # only when questions are asked
    from tokenizers import Tokenizer  # noqa: PLC0415  # as above

    model, tokens = folder / "encoder.onnx", folder / "tokenizer.json"
    if not (model.exists() and tokens.exists()):
        raise FileNotFoundError(str(model))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False  # 10 MB that no sentence needs
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(tokens))
    tokenizer.enable_padding(pad_id=PAD, pad_token="<pad>")  # noqa: S106  # no password

    def read(lines: Sequence[str]) -> Sequence[Reading]:
        given = tokenizer.encode_batch([line or "?" for line in lines])
        made = session.run(None, {"ids": np.array([one.ids for one in given], dtype=np.int64)})
        lengths = (sum(one.attention_mask) for one in given)
        return [
            Reading(whole, packed(parts[:length]))
            for whole, parts, length in zip(*made, lengths, strict=True)
        ]

    return SentenceEncoder(f"shipped-{model.stat().st_size}-{int(model.stat().st_mtime)}", read)


@cache
def hugging_face(name: str) -> SentenceEncoder:
    """A model directory or hub name of sentence-transformers; needs the extra `train`."""
    import torch  # noqa: PLC0415  # an extra, and slow to import
    from transformers import AutoModel, AutoTokenizer  # noqa: PLC0415  # as above

    tokenizer: Any = AutoTokenizer.from_pretrained(name)
    model: Any = AutoModel.from_pretrained(name).eval()
    whole = _first_token_pooled(Path(name))

    @torch.no_grad()
    def read(lines: Sequence[str]) -> Sequence[Reading]:
        given = tokenizer(list(lines), padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
        states = model(**given).last_hidden_state
        weight = given["attention_mask"].unsqueeze(-1)
        pooled = states[:, 0] if whole else (states * weight).sum(1) / weight.sum(1)
        return wholes(torch.nn.functional.normalize(pooled, dim=-1).numpy())

    return SentenceEncoder(name, read)


def named(name: str) -> SentenceEncoder:
    """The encoder that the settings name: "shipped", or one of Hugging Face's."""
    return shipped() if name == "shipped" else hugging_face(name)


def _first_token_pooled(folder: Path) -> bool:
    """Whether the model's own settings take the first token for the sentence, as BGE models do."""
    pooling = folder / "1_Pooling" / "config.json"
    return pooling.exists() and '"pooling_mode_cls_token": true' in pooling.read_text(encoding="utf-8")
