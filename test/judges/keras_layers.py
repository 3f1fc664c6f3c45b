"""Judge of the layer registry: builds each layer in Keras from its Keras spelling and reports what Keras makes of it.

Reads JSON from standard input: [{id, calls: [[className, config]], inputs: [[height, width, channels] | [units]]}],
null = any size; several calls are layers one behind the other.
Prints one JSON line: {"judge": …, "cases": [{id, parameters, output} | {id, error}]}.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras  # noqa: E402


def judge(case):
    if case["calls"][0][0] == "Input":  # a function in Keras, not a layer
        return {"id": case["id"], "parameters": 0, "output": list(keras.Input(**case["calls"][0][1]).shape[1:])}
    inputs = [keras.Input(tuple(shape)) for shape in case["inputs"]]
    value, parameters = inputs if len(inputs) > 1 else inputs[0], 0
    for name, config in case["calls"]:
        layer = getattr(keras.layers, name)(**config)
        value = layer(value)
        parameters += layer.count_params()
    return {"id": case["id"], "parameters": parameters, "output": list(value.shape[1:])}


results = []
for case in json.load(sys.stdin):
    try:
        results.append(judge(case))
    except Exception as error:  # a layer that Keras refuses is a finding, not a crash
        results.append({"id": case["id"], "error": f"{type(error).__name__}: {error}"})
print(json.dumps({"judge": f"keras {keras.__version__}", "cases": results}))
