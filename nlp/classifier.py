"""Texts to scores of labels, by a trained model: ONNX with one thread, or a Hugging Face checkpoint."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from bot.errors import ConfigError, Fault
from bot.understanding import Intent
from nlp.ngrams import FILE as NGRAMS
from nlp.ngrams import NgramModel

SHIPPED = Path(__file__).parent / "models" / "intent"
"""The model in the package: reads masked texts, knows the intents, for a leader's command which one."""

FOLDER_OR_NAME = "模型文件夹，或 Hugging Face 名字（要先 pip install 'tuanbot[train]'）"
NOTHING = "?"
"""What is read in place of an empty text."""
_Logits = NDArray[np.float32]
_BATCH = 16
_REMEMBERED = 8
"""Texts whose scores are kept, since a leader's message is asked about as a command and as talk."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Classifier:
    """Any labels: `logits` reads texts and returns (texts, labels), and so do n-grams, if there are any."""

    labels: tuple[str, ...]
    logits: Callable[[Sequence[str]], _Logits]
    ngrams: NgramModel | None = None

    def scores(self, text: str) -> Mapping[str, float]:
        """The likelihood of every label; together 1."""
        return _scores(self, text)

    def best(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        """The likeliest label of every text and its likelihood."""
        found = list[tuple[str, float]]()
        for start in range(0, len(texts), _BATCH):
            for row in self.likelihoods(texts[start : start + _BATCH]):
                found.append((self.labels[int(row.argmax())], float(row.max())))
        return found

    def likelihoods(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Shape (texts, labels); what two models say is averaged as logarithms of likelihoods."""
        if self.ngrams is None:
            return _softmax(self.logits(texts))
        words = self.ngrams.logits([text or NOTHING for text in texts])
        return _softmax((_log_softmax(self.logits(texts)) + _log_softmax(words)) / np.float32(2))


@lru_cache(maxsize=_REMEMBERED)
def _scores(model: Classifier, text: str) -> Mapping[str, float]:
    return dict(zip(model.labels, model.likelihoods([text])[0].tolist(), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentModel:
    """The intents that a masked text may have."""

    classifier: Classifier

    @staticmethod
    def load(source: str | Path = SHIPPED) -> "IntentModel":
        """The model of a folder or hub name, read once. Raises ConfigError where there is none."""
        labels = classifier(str(source)).labels
        strange = sorted({label.partition(".")[0] for label in labels} - set(Intent))
        if strange:
            raise ConfigError(_fault(source, f"标签 {'、'.join(strange)}", f"意图 {'、'.join(Intent)}"))
        return IntentModel(classifier=classifier(str(source)))

    def scores(self, masked: str) -> Mapping[Intent, float]:
        """The likelihood of every intent; together 1."""
        summed: dict[Intent, float] = defaultdict(float)
        for label, score in self.classifier.scores(masked).items():
            summed[Intent(label.partition(".")[0])] += score
        return summed

    def commands(self, masked: str) -> Mapping[str, float]:
        """The likelihood of every leader's command, by the label under which it is counted."""
        scores = self.classifier.scores(masked)
        return {label.partition(".")[2]: score for label, score in scores.items() if "." in label}


@cache
def classifier(source: str) -> Classifier:
    """The model of a folder that `tuanbot train` wrote, of a checkpoint's folder, or of a hub name."""
    folder = Path(source)
    if (folder / "model.onnx").exists():
        return _exported(folder)
    if folder.exists() and not (folder / "config.json").exists():
        raise ConfigError(
            _fault(source, "没有 model.onnx 也没有 config.json", "tuanbot train 写出的模型文件夹")
        )
    return _checkpoint(source)


def _exported(folder: Path) -> Classifier:
    import onnxruntime  # noqa: PLC0415  # only when a model is asked
    from tokenizers import Tokenizer  # noqa: PLC0415  # as above

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False  # 10 MB that no message needs
    session = onnxruntime.InferenceSession(
        str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
    )
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_padding()

    def logits(texts: Sequence[str]) -> _Logits:
        read = tokenizer.encode_batch([text or NOTHING for text in texts])
        ids = np.array([one.ids for one in read], dtype=np.int64)
        mask = np.array([one.attention_mask for one in read], dtype=np.int64)
        return cast("_Logits", session.run(None, {"ids": ids, "mask": mask})[0])

    words = folder / NGRAMS
    return Classifier(
        labels=labels_of(folder), logits=logits, ngrams=NgramModel.load(words) if words.exists() else None
    )


def labels_of(folder: Path) -> tuple[str, ...]:
    """The labels in the order of the model's scores, as config.json has them."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    names: Mapping[str, str] = config["id2label"]
    return tuple(names[str(number)] for number in range(len(names)))


def _checkpoint(name: str) -> Classifier:
    """A sequence classification checkpoint of Hugging Face; needs the extra `train`."""
    try:
        import torch  # noqa: PLC0415  # an extra, and slow to import
        from transformers import AutoModelForSequenceClassification, AutoTokenizer  # noqa: PLC0415  # as above
    except ImportError:
        raise ConfigError(_fault(name, "这里没有这个文件夹", FOLDER_OR_NAME)) from None

    try:
        tokenizer: Any = AutoTokenizer.from_pretrained(name)
        model: Any = AutoModelForSequenceClassification.from_pretrained(name).eval()
    except OSError as error:
        raise ConfigError(_fault(name, str(error).splitlines()[0], FOLDER_OR_NAME)) from error
    names: Mapping[int, str] = model.config.id2label

    @torch.no_grad()
    def logits(texts: Sequence[str]) -> _Logits:
        given = tokenizer(list(texts), padding=True, truncation=True, max_length=128, return_tensors="pt")
        return cast("_Logits", model(**given).logits.float().numpy())

    return Classifier(labels=tuple(names[number] for number in range(len(names))), logits=logits)


def _softmax(logits: _Logits) -> NDArray[np.float64]:
    raised = np.exp((logits - logits.max(axis=1, keepdims=True)).astype(np.float64))
    return cast("NDArray[np.float64]", raised / raised.sum(axis=1, keepdims=True))


def _log_softmax(logits: _Logits) -> _Logits:
    over = logits - logits.max(axis=1, keepdims=True)
    return cast("_Logits", over - np.log(np.exp(over).sum(axis=1, keepdims=True)))


def _fault(source: str | Path, found: str, allowed: str) -> Fault:
    return Fault(file=str(source), found=found, allowed=allowed)
