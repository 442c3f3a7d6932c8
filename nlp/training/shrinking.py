"""From an exported network to 8 bits a weight: operators fused, and a scale for every column."""

import logging
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from torch import Tensor, nn
from transformers import PretrainedConfig

_OPSET = 17


def write(
    network: nn.Module,
    given: tuple[Tensor, ...],
    out: Path,
    *,
    inputs: Sequence[str],
    outputs: Sequence[str],
    axes: Mapping[str, Mapping[int, str]],
    config: PretrainedConfig,
) -> None:
    """Write the network as ONNX; `axes` names the dimensions that vary, `config` is that of its layers.

    One scale for a whole matrix costs a vector up to .05 of its cosine, a scale a column .008. Seven bits,
    because processors without VNNI add up eight in a way that overflows.
    """
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of itself and of the shapes that we declare
        whole, fused = Path(folder) / "whole.onnx", Path(folder) / "fused.onnx"
        torch.onnx.export(
            network.eval(),
            given,
            str(whole),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={name: dict(varying) for name, varying in axes.items()},
            opset_version=_OPSET,
            dynamo=False,
        )
        logging.getLogger("onnxruntime").setLevel(logging.ERROR)
        optimizer.optimize_model(
            str(whole),
            model_type="bert",
            num_heads=config.num_attention_heads,
            hidden_size=config.hidden_size,
        ).save_model_to_file(str(fused))
        quantize_dynamic(
            str(fused),
            str(out),
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
