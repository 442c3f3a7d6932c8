"""From trained weights to what is shipped: ONNX with 8-bit weights and a tokenizer."""

import json
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split

from nlp.training.encoder_model import Encoder, batch


def export(trained: Path, out: Path) -> None:
    """Write encoder.onnx and tokenizer.json into `out` from weights.pt and shape.json in `trained`."""
    model, vocab = load(trained)
    out.mkdir(parents=True, exist_ok=True)
    whole = out / "whole.onnx"
    ids = batch(["截单了还能加吗", "几点"], vocab)
    torch.onnx.export(
        model,
        (ids,),
        str(whole),
        input_names=["ids"],
        output_names=["vectors"],
        dynamic_axes={"ids": {0: "lines", 1: "length"}, "vectors": {0: "lines"}},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(str(whole), str(out / "encoder.onnx"), weight_type=QuantType.QInt8)
    whole.unlink()
    _tokenizer(vocab).save(str(out / "tokenizer.json"))


def load(trained: Path) -> tuple[Encoder, dict[str, int]]:
    """The trained encoder, ready to read, and its vocabulary."""
    shape = json.loads((trained / "shape.json").read_text(encoding="utf-8"))
    model = Encoder(shape["vocab"], layers=shape["layers"], size=shape["size"])
    model.load_state_dict(torch.load(trained / "weights.pt", weights_only=True))
    model.eval()
    return model, shape["vocab"]


def _tokenizer(vocab: dict[str, int]) -> Tokenizer:
    tokenizer = Tokenizer(WordLevel(vocab, unk_token="[UNK]"))  # noqa: S106  # no password
    tokenizer.pre_tokenizer = Split(Regex("."), "isolated")
    return tokenizer
