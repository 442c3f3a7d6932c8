"""From the packaged file of four-bit weights to a checkpoint that is read as any other."""

from pathlib import Path

import numpy as np
import pytest

from tests.nlp.training import small_model

torch = pytest.importorskip("torch", reason="needs the extra train")
from transformers import AutoModel, AutoTokenizer  # noqa: E402

from nlp.training import pretrained  # noqa: E402


@pytest.fixture
def model(tmp_path: Path) -> pretrained.Pretrained:
    small_model.write(tmp_path / "small.bin")
    return pretrained.read(tmp_path / "small.bin")


def test_weights_come_back_within_a_step_of_their_four_bits(
    tmp_path: Path, model: pretrained.Pretrained
) -> None:
    wanted = np.linspace(-0.7, 0.7, 64, dtype=np.float32).reshape(2, 32)
    raw = np.frombuffer(small_model.packed(wanted), dtype=np.uint8)
    one = pretrained.Pretrained(
        hidden=32, layers=0, heads=1, inner=0, epsilon=0, pieces=(), scores=np.zeros(0, np.float32),
        tensors={"m": raw},
    )  # fmt: skip
    assert np.abs(one.matrix("m", 32) - wanted).max() <= 0.7 / 7


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(200))
    with pytest.raises(ValueError, match="E5S1"):
        pretrained.read(tmp_path / "other.bin")


def test_a_checkpoint_keeps_the_layers_and_pieces_that_were_asked_for(
    tmp_path: Path, model: pretrained.Pretrained
) -> None:
    pieces = pretrained.chosen(model, ["苹果来两箱", "几点取货"], len(small_model.PIECES))
    pretrained.checkpoint(model, (0, 2), pieces, tmp_path / "made", signs="◆")
    bert = AutoModel.from_pretrained(tmp_path / "made", add_pooling_layer=False)
    tokenizer = AutoTokenizer.from_pretrained(tmp_path / "made")
    assert bert.config.num_hidden_layers == 2
    assert tokenizer.tokenize("苹果来◆ 两箱") == ["苹果", "来", "◆", "▁", "两", "箱"]
    first = pieces.index(model.pieces.index("苹果"))
    words = bert.embeddings.word_embeddings.weight.detach().numpy()
    assert words[first] == pytest.approx(model.matrix("emb.word", 32)[model.pieces.index("苹果")])
    assert len(words) == len(pieces) + 1


def test_characters_of_the_texts_come_before_words_that_are_only_usual(model: pretrained.Pretrained) -> None:
    kept = [model.pieces[number] for number in pretrained.chosen(model, ["坏了"], 8)]
    assert {"坏", "了"} <= set(kept)
    assert kept[:4] == ["<s>", "<pad>", "</s>", "<unk>"]


def test_what_the_model_has_no_piece_for_becomes_a_sign_when_it_is_usual(
    model: pretrained.Pretrained,
) -> None:
    assert pretrained.unknown(model, ["◆来两箱", "◆要", "◆ 签到", "☆"]) == "◆"
