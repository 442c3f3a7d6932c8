"""From a fitted network to what runs without torch: ONNX with 8-bit weights, tokenizer, labels."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from nlp.training import shrinking
from nlp.training.network import Network

_LENGTHS = {0: "texts", 1: "length"}


def export(
    network: Network, tokenizer: Tokenizer, names: Sequence[str], out: Path, about: dict[str, Any]
) -> None:
    """Write model.onnx, tokenizer.json and config.json into `out`; `about` goes into the config as it is."""
    out.mkdir(parents=True, exist_ok=True)
    shrinking.write(
        network,
        (torch.tensor([[2, 5, 6, 7], [2, 5, 0, 0]]), torch.tensor([[1, 1, 1, 1], [1, 1, 0, 0]])),
        out / "model.onnx",
        inputs=["ids", "mask"],
        outputs=["logits"],
        axes={"ids": _LENGTHS, "mask": _LENGTHS, "logits": {0: "texts"}},
        config=network.model.config,
    )
    tokenizer.no_padding()
    tokenizer.save(str(out / "tokenizer.json"))
    config = {"id2label": {str(number): name for number, name in enumerate(names)}, **about}
    (out / "config.json").write_text(
        json.dumps(config, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
