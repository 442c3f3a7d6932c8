"""From a trained checkpoint to what is shipped: ONNX with 8-bit weights, and its tokenizer."""

from pathlib import Path
from shutil import copyfile

from nlp.training import shrinking
from nlp.training.encoder_model import Encoder


def export(trained: Path, out: Path) -> None:
    """Write encoder.onnx and tokenizer.json into `out` from a folder that `Encoder.save` wrote."""
    model = Encoder(trained)
    out.mkdir(parents=True, exist_ok=True)
    shrinking.write(
        model,
        (model.batch(["截单了还能加吗", "几点"]),),
        out / "encoder.onnx",
        inputs=["ids"],
        outputs=["whole", "parts"],
        axes={"ids": {0: "lines", 1: "length"}, "whole": {0: "lines"}, "parts": {0: "lines", 1: "length"}},
        config=model.bert.config,
    )
    copyfile(trained / "tokenizer.json", out / "tokenizer.json")
