"""`tuanbot train` and `classify`: any labels, from the pretrained start, to what runs without torch."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.nlp.training import small_model

pytest.importorskip("torch", reason="needs the extra train")

import torch

from bot.commands import classify, train
from nlp.training import pretrained

LINES = {
    "买": ("苹果来两箱", "草莓要两盒", "要苹果", "来草莓两盒"),
    "问": ("几点取货", "几点到", "几点取?", "货到了?"),
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    small_model.write(tmp_path / "small.bin")
    torch.set_num_threads(1)
    monkeypatch.setattr(pretrained, "packaged", lambda: tmp_path / "small.bin")
    rows = [{"text": text, "intent": label} for label, texts in LINES.items() for text in texts * 8]
    path = tmp_path / "train.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_what_was_trained_classifies(data: Path, tmp_path: Path) -> None:
    out, said = tmp_path / "model", tmp_path / "said.jsonl"
    arguments = [
        "--data",
        str(data),
        "--dev",
        str(data),
        "--out",
        str(out),
        "--epochs",
        "12",
        "--rate",
        "5e-3",
    ]
    made = CliRunner().invoke(train.command, arguments, catch_exceptions=False)
    assert made.exit_code == 0, made.output
    assert {path.name for path in out.iterdir()} == {
        "model.onnx",
        "ngrams.npz",
        "tokenizer.json",
        "config.json",
        "card.md",
    }
    asked = ["--model", str(out), "--data", str(data), "--json", str(said)]
    assert CliRunner().invoke(classify.command, asked, catch_exceptions=False).exit_code == 0
    rows = [json.loads(line) for line in said.read_text(encoding="utf-8").splitlines()]
    wanted = {text: label for label, texts in LINES.items() for text in texts}
    assert all(row["intent"] == wanted[row["text"]] for row in rows)
    assert all(0.5 < row["score"] <= 1 for row in rows)
