"""Sentence encoders in ONNX as sentence-transformers writes them: model.onnx beside tokenizer.json."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from nlp.encoder import LONGEST, Reading, SentenceEncoder, Vectors, wholes

PLACES = ("onnx/model_quantized.onnx", "onnx/model.onnx", "model.onnx", "encoder.onnx")
POOLING = "1_Pooling/config.json"


def found(folder: Path) -> bool:
    """Whether the folder holds such a model."""
    return (folder / "tokenizer.json").exists() and _model(folder) is not None


@cache
def encoder(folder: Path) -> SentenceEncoder:
    """The encoder in the folder, without torch. Raises ValueError for a file that is none."""
    import onnxruntime  # noqa: PLC0415  # only when questions are asked
    from tokenizers import Tokenizer  # noqa: PLC0415  # as above

    model = _model(folder)
    if model is None:
        raise FileNotFoundError(str(folder))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001 - the library has a kind of its own for every reason
        raise ValueError(f"{model.name}: {error}") from None
    wanted = [given.name for given in session.get_inputs()]
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_padding()
    tokenizer.enable_truncation(LONGEST)
    first_token = _first_token(folder)

    def read(lines: Sequence[str]) -> Sequence[Reading]:
        rows = tokenizer.encode_batch([line or "?" for line in lines])
        mask = np.array([row.attention_mask for row in rows], dtype=np.int64)
        known = {
            "input_ids": np.array([row.ids for row in rows], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        known["ids"] = known["input_ids"]
        states = session.run(None, {name: known[name] for name in wanted})[0]
        pooled = states if states.ndim == 2 else _pooled(states, mask, first_token=first_token)  # noqa: PLR2004 - sentences by size
        return wholes(_units(pooled))

    return SentenceEncoder(f"{folder}-{model.stat().st_size}-{int(model.stat().st_mtime)}", read)


def _model(folder: Path) -> Path | None:
    return next((folder / place for place in PLACES if (folder / place).exists()), None)


def _first_token(folder: Path) -> bool:
    """Whether the model's own settings take the first token for the sentence, as BGE models do."""
    settings = folder / POOLING
    return settings.exists() and '"pooling_mode_cls_token": true' in settings.read_text(encoding="utf-8")


def _pooled(
    states: Vectors, mask: np.ndarray[tuple[int, ...], np.dtype[np.int64]], *, first_token: bool
) -> Vectors:
    """One vector (sentences, size) of all tokens' states (sentences, tokens, size)."""
    if first_token:
        return states[:, 0]
    weight = mask[..., None].astype(np.float32)
    pooled: Vectors = (states * weight).sum(1) / weight.sum(1)
    return pooled


def _units(vectors: Vectors) -> Vectors:
    made: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    return made.astype(np.float32)
