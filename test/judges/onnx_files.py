"""Judge of exported ONNX files: the full checker of the onnx package, and ONNX Runtime for Python on the same images.

Reads a folder with cases.json: [{file, images: {shape, file}, heads: {name: {shape, file}}}], raw little-endian float32 files.
Prints one JSON line: {"judge": …, "cases": [{file, largestDifference}]}; exits 1 if a file is refused.
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
    path = str(folder / case["file"])
    onnx.checker.check_model(path, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    assert names == list(case["heads"]), f"{case['file']}: outputs {names}"
    outputs = session.run(None, {session.get_inputs()[0].name: tensor(case["images"])})
    differences = [float(np.abs(y - tensor(case["heads"][name])).max()) for name, y in zip(names, outputs)]
    results.append({"file": case["file"], "largestDifference": max(differences)})

judge = f"onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}"
print(json.dumps({"judge": judge, "cases": results}))
