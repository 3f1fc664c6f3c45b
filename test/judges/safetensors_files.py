"""Judge of safetensors files: the format's own Python library, which refuses headers that do not fit.

Reads the path of a file. Prints one JSON line: {"judge": …, "metadata": …, "tensors": {name: {dtype, shape, sha256 of its bytes}}}.
"""

import hashlib
import json
import sys

import safetensors

tensors = {}
with safetensors.safe_open(sys.argv[1], framework="np") as file:
    for name in file.keys():
        values = file.get_tensor(name)
        sha256 = hashlib.sha256(values.tobytes()).hexdigest()
        tensors[name] = {"dtype": str(values.dtype), "shape": list(values.shape), "sha256": sha256}
    metadata = file.metadata()
print(json.dumps({"judge": f"safetensors {safetensors.__version__}", "metadata": metadata, "tensors": tensors}))
