"""Judge of exported TensorFlow.js folders: Keras builds the net from the same topology, takes the weights by name and computes.

Reads a folder with cases.json: [{name, images: {shape, file}, heads: [{id, shape, file}]}], raw little-endian float32 files.
Prints one JSON line: {"judge": …, "cases": [{name, parameters, largestDifference}]}.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras  # noqa: E402
import numpy as np  # noqa: E402

root = Path(sys.argv[1])


def tensor(entry):
    return np.fromfile(root / entry["file"], "<f4").reshape(entry["shape"])


def weights_of(folder, manifest):
    data = b"".join((folder / path).read_bytes() for group in manifest for path in group["paths"])
    values, at = {}, 0
    for spec in (spec for group in manifest for spec in group["weights"]):
        size = int(np.prod(spec["shape"]))
        values[spec["name"]] = np.frombuffer(data, "<f4", size, at).reshape(spec["shape"])
        at += 4 * size
    assert at == len(data), f"{folder}: {len(data) - at} bytes left over"
    return values


def taken(weights, layer, variable):
    if isinstance(layer, keras.layers.DepthwiseConv2D) and variable.name == "kernel":  # its name in Keras 2 and TensorFlow.js
        return weights.pop(f"{layer.name}/depthwise_kernel")
    return weights.pop(f"{layer.name}/{variable.name}")


def judge(case):
    folder = root / f"{case['name']}.tfjs"
    file = json.loads((folder / "model.json").read_text())
    topology = file["modelTopology"]
    net = keras.Model.from_config(topology["config"])
    weights = weights_of(folder, file["weightsManifest"])
    for layer in net.layers:
        layer.set_weights([taken(weights, layer, variable) for variable in layer.weights])
    assert not weights, f"{folder}: no place for {list(weights)}"
    outputs = net.predict(tensor(case["images"]), verbose=0)
    outputs = outputs if isinstance(outputs, list) else [outputs]
    differences = [float(np.abs(y - tensor(head)).max()) for y, head in zip(outputs, case["heads"], strict=True)]
    return {"name": case["name"], "parameters": net.count_params(), "largestDifference": max(differences)}


cases = [judge(case) for case in json.loads((root / "cases.json").read_text())]
print(json.dumps({"judge": f"keras {keras.__version__}", "cases": cases}))
