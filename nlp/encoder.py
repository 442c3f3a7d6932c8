"""Sentences to vectors, by the shipped ONNX model or by any sentence-transformers model in its place."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from nlp.faq.writing import encoded

Vectors = NDArray[np.float32]
SHIPPED = Path(__file__).parent / "models" / "faq"
LONGEST = 64
BATCH = 16
"""What is read at once; more is no quicker, and onnxruntime keeps the memory of the largest batch."""
CACHE = "faq-vectors.npz"


class SentenceEncoder:
    """Turns sentences into unit vectors; `name` says which model does. Remembers what it has read."""

    def __init__(self, name: str, read: Callable[[Sequence[str]], Vectors]) -> None:
        self.name = name
        self.read = read
        self._known: dict[str, NDArray[np.float32]] = {}

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors (texts, size), for texts that come back: each is read once."""
        lines = [encoded(text, LONGEST) for text in texts]
        new = sorted({line for line in lines if line not in self._known}, key=len)
        for first in range(0, len(new), BATCH):
            part = new[first : first + BATCH]
            self._known.update(zip(part, self.read(part), strict=True))
        return np.stack([self._known[line] for line in lines])

    def vector(self, text: str) -> NDArray[np.float32]:
        """The unit vector (size,) of a text that is read now and not remembered."""
        line = encoded(text, LONGEST)
        known = self._known.get(line)
        return known if known is not None else self.read([line])[0]

    def save(self, folder: Path, keep: Sequence[str]) -> None:
        """Keep the vectors of these texts on disk, in half precision, in place of what was kept there."""
        lines = [
            line for line in dict.fromkeys(encoded(text, LONGEST) for text in keep) if line in self._known
        ]
        if lines:
            folder.mkdir(parents=True, exist_ok=True)
            vectors = np.stack([self._known[line] for line in lines]).astype(np.float16)
            np.savez(folder / CACHE, model=np.array(self.name), lines=np.array(lines), vectors=vectors)

    def load(self, folder: Path) -> None:
        """Take over what this same model read before; a file that is missing or broken is no loss."""
        try:
            with np.load(folder / CACHE) as data:
                if str(data["model"]) == self.name:
                    vectors = data["vectors"].astype(np.float32)
                    self._known.update(zip(map(str, data["lines"]), vectors, strict=True))
        except (OSError, ValueError, KeyError, BadZipFile):
            return


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
    tokenizer.enable_padding(pad_id=0, pad_token="[PAD]")  # noqa: S106  # no password

    def read(lines: Sequence[str]) -> Vectors:
        rows = [one.ids for one in tokenizer.encode_batch([line or "?" for line in lines])]
        made: Vectors = session.run(None, {"ids": np.array(rows, dtype=np.int64)})[0]
        return made

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
    def read(lines: Sequence[str]) -> Vectors:
        given = tokenizer(list(lines), padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
        states = model(**given).last_hidden_state
        weight = given["attention_mask"].unsqueeze(-1)
        pooled = states[:, 0] if whole else (states * weight).sum(1) / weight.sum(1)
        made: Vectors = torch.nn.functional.normalize(pooled, dim=-1).numpy()
        return made

    return SentenceEncoder(name, read)


def named(name: str) -> SentenceEncoder:
    """The encoder that the settings name: "shipped", or one of Hugging Face's."""
    return shipped() if name == "shipped" else hugging_face(name)


def _first_token_pooled(folder: Path) -> bool:
    """Whether the model's own settings take the first token for the sentence, as BGE models do."""
    pooling = folder / "1_Pooling" / "config.json"
    return pooling.exists() and '"pooling_mode_cls_token": true' in pooling.read_text(encoding="utf-8")
