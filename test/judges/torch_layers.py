"""Judge of the layer registry: builds each layer in PyTorch from its PyTorch spelling and compares the values with ours.

Reads JSON from standard input: [{id, module, inputs: [{shape, data}], weights: {name: {shape, data}}, output: {shape, data}}]; images
NHWC, kernels HWIO. module: [name, arguments…, keywords?] with modules of nn.Sequential inside; "-inf" stands for minus infinity.
Prints one JSON line: {"judge": …, "cases": [{id, difference} | {id, error}]}.
"""

import json
import sys

import torch
from torch import nn


def tensor(values):
    return torch.tensor(values["data"], dtype=torch.float64).reshape(values["shape"])


def channels_first(x):
    return x.permute(0, 3, 1, 2) if x.dim() == 4 else x


class Function(nn.Module):
    """A function of torch on the inputs and arguments of the spelling."""

    def __init__(self, name, arguments):
        super().__init__()
        self.name, self.arguments = name, arguments

    def forward(self, *inputs):
        if self.name == "cat":
            return torch.cat(inputs, **self.arguments[0])
        if self.name == "mean":
            return torch.stack(inputs).mean(0)
        if not inputs[1:]:
            return getattr(torch, self.name)(inputs[0], *self.arguments)
        rank = max(x.dim() for x in inputs)
        value, *others = [x if x.dim() == rank else x[:, :, None, None] for x in inputs]
        for other in others:
            value = getattr(torch, self.name)(value, other)
        return value


def built(spelling):
    name, *arguments = spelling
    if name == "nn.Sequential":
        return nn.Sequential(*[built(part) for part in arguments])
    if name.startswith("torch."):
        return Function(name.removeprefix("torch."), arguments)
    keywords = arguments.pop() if arguments and isinstance(arguments[-1], dict) else {}
    arguments = [tuple(a) if isinstance(a, list) else float(a) if a == "-inf" else a for a in arguments]
    keywords = {key: tuple(value) if isinstance(value, list) else value for key, value in keywords.items()}
    return getattr(nn, name.removeprefix("nn."))(*arguments, **keywords)


NAMES = {"gamma": "weight", "alpha": "weight", "beta": "bias", "moving_mean": "running_mean", "moving_variance": "running_var"}


def fill(module, weights):
    """Our weights into the layers that have any, in their order; one that we do not learn is what it does nothing with."""
    left = dict(weights)
    for part in (m for m in module.modules() if not list(m.children())):
        for name, own in list(part.named_parameters()) + list(part.named_buffers()):
            if name == "num_batches_tracked":
                continue
            kernels = {"weight": ["depthwise_kernel", "kernel", "pointwise_kernel"], "bias": []}
            names = kernels.get(name, []) + [ours for ours, theirs in NAMES.items() if theirs == name] + [name]
            taken = next((ours for ours in names if ours in left), None)
            if taken is None:
                continue
            value = tensor(left.pop(taken))
            if value.dim() == 4:
                value = value.permute(3, 2, 0, 1)
            elif value.dim() == 2:
                value = value.T
            own.data.copy_(value.reshape(own.shape))
    assert not left, f"no place for {list(left)}"


def judge(case):
    module = built(case["module"]).double().eval()
    fill(module, case["weights"])
    made = module(*[channels_first(tensor(x)) for x in case["inputs"]])
    expected = channels_first(tensor(case["output"]))
    assert made.shape == expected.shape, f"{tuple(made.shape)} for {tuple(expected.shape)}"
    return {"id": case["id"], "difference": ((made - expected).abs().max() / max(expected.abs().max(), 1.0)).item()}


results = []
with torch.no_grad():
    for case in json.load(sys.stdin):
        try:
            results.append(judge(case))
        except Exception as error:  # what PyTorch refuses is a finding, not a crash
            results.append({"id": case["id"], "error": f"{type(error).__name__}: {error}"})
print(json.dumps({"judge": f"torch {torch.__version__}", "cases": results}))
