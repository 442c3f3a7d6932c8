"""From a fitted network to what runs without torch: ONNX with 8-bit weights, tokenizer, labels."""

import json
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn

_OPSET = 17


def export(
    network: nn.Module, tokenizer: Tokenizer, names: Sequence[str], out: Path, about: dict[str, Any]
) -> None:
    """Write model.onnx, tokenizer.json and config.json into `out`; `about` goes into the config as it is."""
    out.mkdir(parents=True, exist_ok=True)
    whole = out / "whole.onnx"
    _write(network.eval(), whole)
    quantize_dynamic(str(whole), str(out / "model.onnx"), weight_type=QuantType.QInt8)
    whole.unlink()
    tokenizer.no_padding()
    tokenizer.save(str(out / "tokenizer.json"))
    config = {"id2label": {str(number): name for number, name in enumerate(names)}, **about}
    (out / "config.json").write_text(
        json.dumps(config, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )


def _write(network: nn.Module, path: Path) -> None:
    ids = torch.tensor([[2, 5, 6, 7], [2, 5, 0, 0]])
    lengths = {0: "texts", 1: "length"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of itself and of the shapes that we declare
        torch.onnx.export(
            network,
            (ids, (ids != 0).long()),
            str(path),
            input_names=["ids", "mask"],
            output_names=["logits"],
            dynamic_axes={"ids": lengths, "mask": lengths, "logits": {0: "texts"}},
            opset_version=_OPSET,
            dynamo=False,
        )
