"""The meaning model by the settings: shipped, none, a sentence-transformers or ONNX folder, tuned weights."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from bot import documents
from bot.errors import ConfigError
from bot.model import Role
from nlp.encoder import SHIPPED, Reading, SentenceEncoder, wholes
from nlp.faq.entries import Entry, entries_of
from nlp.faq.meaning import Words
from nlp.faq.model import FaqModel
from nlp.faq.nearness import Nearness
from nlp.faq.ranker import Ranker
from nlp.faq.shipped import RANKER

NOW = datetime(2026, 3, 4, 4, tzinfo=UTC)
FILE = """
- {id: open, q: [几点开门, 开门时间, 早上几点营业], a: 九点。}
- {id: pay, q: [怎么付款, 能刷卡吗, 付钱的方式], a: 扫码。}
- {id: park, q: [有停车位吗, 车停哪里, 停车收费吗], a: 门口能停。}
"""


def entries() -> tuple[Entry, ...]:
    return entries_of(documents.parse(FILE, "faq.yaml")).entries


def meaning(model: FaqModel) -> object:
    return model.index_of(entries()).meaning


def test_shipped_and_none() -> None:
    assert isinstance(meaning(FaqModel()), Ranker)
    assert isinstance(meaning(FaqModel(encoder="none")), Words)
    assert FaqModel().index_of(()).find("几点开门", room="", role=Role.MEMBER, now=NOW).rule == "miss"


def test_tuned_weights_take_the_place_of_the_shipped_ones(tmp_path: Path) -> None:
    weights = json.loads((SHIPPED / RANKER).read_text(encoding="utf-8"))
    weights["limits"] = {"answer": 0.11, "margin": 0.0, "suggest": 0.05}
    (tmp_path / RANKER).write_text(json.dumps(weights), encoding="utf-8")
    tuned = FaqModel(ranker=tmp_path).index_of(entries()).meaning
    assert tuned.limits.answer == 0.11


@pytest.mark.parametrize("model", [{"ranker": Path("absent")}, {"encoder": "absent/folder"}])
def test_what_is_not_there_is_a_fault_of_the_settings(
    model: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ConfigError, match=r"faq_tuning\."):
        FaqModel(**model).index_of(entries())  # type: ignore[arg-type]  # one of its fields


def characters(base: float) -> SentenceEncoder:
    """Shared characters as likeness, over `base` that every two sentences share."""

    def read(lines: Sequence[str]) -> Sequence[Reading]:
        made = np.zeros((len(lines), 600), dtype=np.float32)
        for row, line in enumerate(lines):
            for character in line:
                made[row, 1 + ord(character) % 599] += 1
            made[row] /= max(float(np.linalg.norm(made[row])), 1e-9)
        made *= np.sqrt(1 - base)
        made[:, 0] = np.sqrt(base)
        return wholes(made)

    return SentenceEncoder(f"characters-{base}", read)


@pytest.mark.parametrize("base", [0.0, 0.6, 0.9])
def test_nearness_finds_the_middle_of_any_encoder(base: float) -> None:
    """Encoders differ in what likeness strangers have; what is near stays likely and what is far does not."""
    near = Nearness(entries(), characters(base))
    (best, chance), (_, second), *_ = near.ranked("请问几点开门")
    assert best == "open"
    assert chance > 0.6 > second
    assert near.ranked("明天下雨")[0][1] < near.limits.answer


def test_one_phrasing_each_is_enough_to_start_with() -> None:
    text = "- {id: a, q: 几点开门, a: 九点。}\n- {id: b, q: 有车位吗, a: 有。}"
    lone = entries_of(documents.parse(text, "faq.yaml"))
    assert Nearness(lone.entries, characters(0.5)).ranked("几点开门")[0][0] == "a"
    only = Nearness(lone.entries[:1], characters(0.5)).ranked("几点开门")
    assert only[0][1] > 0.9


class TestFolders:
    """Small models with chance weights: what is tested is that they are read, not what they know."""

    def test_a_sentence_transformers_folder(self, tmp_path: Path) -> None:
        transformers = pytest.importorskip("transformers")
        torch = pytest.importorskip("torch")
        torch.manual_seed(1)
        config = transformers.BertConfig(
            vocab_size=len(VOCABULARY),
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=32,
        )
        transformers.BertModel(config).save_pretrained(tmp_path)
        write_tokenizer(tmp_path)
        assert_reads(tmp_path)

    @pytest.mark.parametrize("place", ["onnx/model.onnx", "model.onnx"])
    @pytest.mark.parametrize("pooling", ["mean", "cls"])
    def test_an_onnx_folder_needs_no_torch(self, tmp_path: Path, place: str, pooling: str) -> None:
        onnx = pytest.importorskip("onnx")
        write_onnx(onnx, tmp_path / place)
        write_tokenizer(tmp_path)
        if pooling == "cls":
            (tmp_path / "1_Pooling").mkdir()
            settings = {"pooling_mode_cls_token": True}
            (tmp_path / "1_Pooling" / "config.json").write_text(json.dumps(settings), encoding="utf-8")
        assert_reads(tmp_path)

    def test_a_file_that_is_no_model(self, tmp_path: Path) -> None:
        (tmp_path / "model.onnx").write_bytes(b"nothing")
        write_tokenizer(tmp_path)
        with pytest.raises(ConfigError, match=r"faq_tuning\.encoder"):
            FaqModel(encoder=str(tmp_path)).index_of(entries())


CHARACTERS = sorted(set("".join(phrasing for entry in entries() for phrasing in entry.q)))
VOCABULARY = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *CHARACTERS)


def assert_reads(folder: Path) -> None:
    """The same words have the same vector, and vectors are kept for the next start."""
    model = FaqModel(encoder=str(folder))
    index = model.index_of(entries())
    assert isinstance(index.meaning, Nearness)
    assert index.meaning.ranked("车停哪里")[0][0] == "park"
    model.keep(entries(), folder / "kept")
    assert list((folder / "kept").iterdir())


def write_tokenizer(folder: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    known = {token: number for number, token in enumerate(VOCABULARY)}
    made = tokenizers.Tokenizer(tokenizers.models.WordPiece(known, unk_token="[UNK]"))
    made.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    made.normalizer = tokenizers.normalizers.BertNormalizer()
    made.save(str(folder / "tokenizer.json"))
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "pad_token": "[PAD]", "unk_token": "[UNK]"}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")


def write_onnx(onnx: object, path: Path) -> None:
    """States (sentences, tokens, 8): a table of chance vectors, by token."""
    from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415 - an extra

    table = np.random.default_rng(3).normal(size=(len(VOCABULARY), 8)).astype(np.float32)
    ids = [helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "t"]) for name in ("input_ids",)]
    states = helper.make_tensor_value_info("states", TensorProto.FLOAT, ["n", "t", 8])
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["states"])],
        "small",
        ids,
        [states],
        [numpy_helper.from_array(table, "table")],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made.SerializeToString())
