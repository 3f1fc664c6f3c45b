"""Judge of the layer registry: builds each layer in Keras from its Keras spelling and reports what Keras makes of it.

Reads JSON from standard input: [{id, calls: [[className, config]], inputs: [[height, width, channels] | [units]], values?}],
null = any size; several calls are layers one behind the other. values: {inputs, weights by name, output}, each {shape, data}.
Prints one JSON line: {"judge": …, "cases": [{id, parameters, output, difference?} | {id, error}]}.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402


def array(values):
    return np.array(values["data"], "float32").reshape(values["shape"])


def weights_for(layer, weights):
    """Ours by the names of Keras; a layer with a single weight takes the only one there is."""
    if len(layer.weights) == 1 and len(weights) == 1:
        return [array(next(iter(weights.values()))).reshape(layer.weights[0].shape)]
    return [array(weights[variable.name]).reshape(variable.shape) for variable in layer.weights]


def difference(layers, values):
    inputs = [array(one) for one in values["inputs"]]
    value = inputs if len(inputs) > 1 else inputs[0]
    for one in layers:
        if one.weights:
            one.set_weights(weights_for(one, values["weights"]))
        value = one(value, training=False) if "training" in one.call.__code__.co_varnames else one(value)
    expected = array(values["output"])
    return float(np.abs(np.asarray(value) - expected).max() / max(np.abs(expected).max(), 1.0))


def layer(name, config):
    """A layer of Keras, or a function of TensorFlow, `tf.nn.…`, as one."""
    if not name.startswith("tf.nn."):
        return getattr(keras.layers, name)(**config)
    function = getattr(tf.nn, name.removeprefix("tf.nn."))
    return keras.layers.Lambda(lambda x: function(x, **config))


def judge(case):
    if case["calls"][0][0] == "Input":  # a function in Keras, not a layer
        return {"id": case["id"], "parameters": 0, "output": list(keras.Input(**case["calls"][0][1]).shape[1:])}
    inputs = [keras.Input(tuple(shape)) for shape in case["inputs"]]
    value, layers = inputs if len(inputs) > 1 else inputs[0], []
    for name, config in case["calls"]:
        layers.append(layer(name, config))
        value = layers[-1](value)
    parameters = sum(one.count_params() for one in layers)
    result = {"id": case["id"], "parameters": parameters, "output": list(value.shape[1:])}
    return {**result, "difference": difference(layers, case["values"])} if case.get("values") else result


results = []
for case in json.load(sys.stdin):
    try:
        results.append(judge(case))
    except Exception as error:  # a layer that Keras refuses is a finding, not a crash
        results.append({"id": case["id"], "error": f"{type(error).__name__}: {error}"})
print(json.dumps({"judge": f"keras {keras.__version__}", "cases": results}))
