"""Judge of the layer registry: builds each layer in Keras from its Keras spelling and reports what Keras makes of it.

Reads JSON from standard input: [{id, className, config, inputs: [[height, width, channels] | [units]]}], null = any size.
Prints one JSON line: {"judge": …, "cases": [{id, parameters, output} | {id, error}]}.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras  # noqa: E402


def judge(case):
    if case["className"] == "Input":  # a function in Keras, not a layer
        return {"id": case["id"], "parameters": 0, "output": list(keras.Input(**case["config"]).shape[1:])}
    inputs = [keras.Input(tuple(shape)) for shape in case["inputs"]]
    layer = getattr(keras.layers, case["className"])(**case["config"])
    output = layer(inputs if len(inputs) > 1 else inputs[0])
    return {"id": case["id"], "parameters": layer.count_params(), "output": list(output.shape[1:])}


results = []
for case in json.load(sys.stdin):
    try:
        results.append(judge(case))
    except Exception as error:  # a layer that Keras refuses is a finding, not a crash
        results.append({"id": case["id"], "error": f"{type(error).__name__}: {error}"})
print(json.dumps({"judge": f"keras {keras.__version__}", "cases": results}))
