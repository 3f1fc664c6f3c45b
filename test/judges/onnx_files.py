"""Judge of exported ONNX files: the full checker of the onnx package, and ONNX Runtime for Python on the same images.

Reads a folder with cases.json: [{name, images: {shape, file}, heads: [{id, shape, file}]}], raw little-endian float32 files.
Prints one JSON line: {"judge": …, "cases": [{name, largestDifference}]}; exits 1 if a file is refused.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

folder = Path(sys.argv[1])


def tensor(entry):
    return np.fromfile(folder / entry["file"], "<f4").reshape(entry["shape"])


results = []
for case in json.loads((folder / "cases.json").read_text()):
    path = str(folder / f"{case['name']}.onnx")
    onnx.checker.check_model(path, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    assert names == [head["id"] for head in case["heads"]], f"{path}: outputs {names}"
    outputs = session.run(None, {session.get_inputs()[0].name: tensor(case["images"])})
    differences = [float(np.abs(y - tensor(head)).max()) for head, y in zip(case["heads"], outputs, strict=True)]
    results.append({"name": case["name"], "largestDifference": max(differences)})

judge = f"onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}"
print(json.dumps({"judge": judge, "cases": results}))
