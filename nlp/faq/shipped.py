"""The meaning model that comes with the package, put to entries."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from nlp import encoder as encoders
from nlp.encoder import SHIPPED, SentenceEncoder
from nlp.faq.background import Background
from nlp.faq.entries import Entry
from nlp.faq.evidence import Evidence
from nlp.faq.index import FaqIndex
from nlp.faq.meaning import Meaning
from nlp.faq.ranker import Ranker, Weights

BACKGROUND, RANKER = "background.json", "ranker.json"


def index_of(entries: Sequence[Entry], *, model: Path = SHIPPED) -> FaqIndex:
    """An index of the entries with the model in the folder; with words alone where it holds none."""
    return FaqIndex(entries, meaning_of(entries, model) if entries else None)


def warm(folder: Path, model: Path = SHIPPED) -> None:
    """Take over the vectors that an earlier run kept in the folder."""
    if available(model):
        encoders.shipped(model).load(folder)


def keep(entries: Sequence[Entry], folder: Path, model: Path = SHIPPED) -> None:
    """Keep the entries' vectors in the folder for the next start."""
    if available(model):
        encoders.shipped(model).save(folder, [text for entry in entries for text in (*entry.q, entry.a[0])])


def available(model: Path = SHIPPED) -> bool:
    """Whether the folder holds a whole model."""
    return all((model / name).exists() for name in ("encoder.onnx", "tokenizer.json", BACKGROUND, RANKER))


def meaning_of(entries: Sequence[Entry], model: Path = SHIPPED) -> Meaning | None:
    """The ranker of these entries; none where the folder holds no model."""
    if not available(model):
        return None
    return ranker_of(entries, encoders.shipped(model), model)


def ranker_of(entries: Sequence[Entry], encoder: SentenceEncoder, model: Path = SHIPPED) -> Ranker:
    """The ranker of these entries with any encoder that the folder's background was made by."""
    background, weights = _parts(model)
    return Ranker(entries, Evidence(entries, encoder, background), weights)


@cache
def _parts(model: Path) -> tuple[Background, Weights]:
    return Background.load(model / BACKGROUND), Weights.load(model / RANKER)
