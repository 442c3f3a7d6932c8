"""The shipped model put to entries: evidence, probabilities, and the size of what is shipped."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot import documents
from nlp import encoder as encoders
from nlp.encoder import SHIPPED, Reading, SentenceEncoder, packed
from nlp.faq.background import Background
from nlp.faq.entries import Entry, entries_of
from nlp.faq.evidence import FEATURES, SHORTLIST, Evidence
from nlp.faq.ranker import Ranker, Weights
from nlp.faq.shipped import BACKGROUND, RANKER, meaning_of

FILE = """
- {id: hours, q: [图书馆几点开门, 开放时间], a: 早上九点到晚上八点。}
- {id: renew, q: [书怎么续借, 可以续借吗], a: 在小程序里点续借，可以续一次。}
- {id: lost, q: [书丢了怎么办, 弄丢了要赔多少], a: 按定价赔偿。}
"""


@pytest.fixture(scope="module")
def entries() -> tuple[Entry, ...]:
    return entries_of(documents.parse(FILE, "faq.yaml")).entries


@pytest.fixture(scope="module")
def evidence(entries: tuple[Entry, ...]) -> Evidence:
    return Evidence(entries, encoders.shipped(), Background.load(SHIPPED / BACKGROUND))


def test_what_is_shipped_is_small() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) <= 12_000_000


def test_vectors_have_length_one_and_do_not_depend_on_what_is_read_with_them() -> None:
    encoder = encoders.shipped()
    together = encoder.vectors(["几点开门", "这本书可以再借一个月吗我还没看完呢"])
    assert np.linalg.norm(together, axis=1) == pytest.approx(1, abs=1e-4)
    assert float(
        together[0] @ SentenceEncoder("alone", encoder.read).reading("几点开门").whole
    ) == pytest.approx(1, abs=0.01)
    assert float(together[0] @ together[1]) < 0.9


def test_vectors_come_back_from_disk(tmp_path: Path) -> None:
    read: list[str] = []

    def reader(lines: Sequence[str]) -> Sequence[Reading]:
        read.extend(lines)
        return [
            Reading(np.ones(4, np.float32), packed(np.eye(len(line), 3, dtype=np.float32))) for line in lines
        ]

    first = SentenceEncoder("one", reader)
    kept = first.readings(["几点", "哪里取货"])
    first.save(tmp_path, ["几点", "哪里取货"])
    second, other = SentenceEncoder("one", reader), SentenceEncoder("two", reader)
    second.load(tmp_path)
    other.load(tmp_path)
    read.clear()
    for again, once in zip(second.readings(["几点", "哪里取货"]), kept, strict=True):
        assert np.array_equal(again.whole, once.whole)
        assert np.array_equal(again.parts, once.parts)
    assert read == []
    other.vectors(["几点"])
    assert read == ["几点"]


@pytest.mark.parametrize("text", ["几点开门", "这书能再续一次不", "", "啊" * 300, "🌸"])
def test_evidence_is_finite_for_any_text(evidence: Evidence, text: str) -> None:
    shortlist = evidence.shortlist(text)
    assert shortlist.features.shape == (3, len(FEATURES))
    assert sorted(shortlist.entries) == [0, 1, 2]
    assert np.isfinite(shortlist.features).all()
    assert len(shortlist.entries) <= SHORTLIST


def test_probabilities_leave_room_for_none_of_these(entries: tuple[Entry, ...], evidence: Evidence) -> None:
    ranker = Ranker(entries, evidence, Weights.load(SHIPPED / RANKER))
    close, far = ranker.ranked("图书馆早上几点开门"), ranker.ranked("今天晚上吃火锅去")
    assert close[0][0] == "hours"
    assert sum(score for _, score in far) < sum(score for _, score in close) <= 1.0001


def test_weights_for_other_features_are_refused(tmp_path: Path) -> None:
    path = tmp_path / RANKER
    path.write_text('{"features": ["one"]}', encoding="utf-8")
    with pytest.raises(ValueError, match="other features"):
        Weights.load(path)


def test_a_folder_without_a_model_leaves_words_alone(entries: tuple[Entry, ...], tmp_path: Path) -> None:
    assert meaning_of(entries, tmp_path) is None
