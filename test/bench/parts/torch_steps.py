"""Trains a net with momentum in PyTorch, channels last: for each number read so many steps; answers with times in ms."""
import json
import os
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

from nets import CLASSES, HEADS, NETS, SIDES


class Net(nn.Module):
    """Layers are made where the first pass asks for them, and used again in the same order from then on."""

    def __init__(self, define):
        super().__init__()
        self.define = define
        self.made = nn.ModuleList()
        self.next = 0

    def forward(self, x):
        self.next = 0
        return self.define(self, x)

    def layer(self, make):
        if self.next == len(self.made):
            self.made.append(make())
        self.next += 1
        return self.made[self.next - 1]

    def channels(self, x):
        return x.shape[1]

    def conv(self, x, filters, kernel, stride, groups, bias):
        def make():
            layer = nn.Conv2d(x.shape[1], filters, kernel, stride, kernel // 2, groups=groups, bias=bias)
            return layer.to(memory_format=torch.channels_last)

        return self.layer(make)(x)

    def norm(self, x):
        return self.layer(lambda: nn.BatchNorm2d(x.shape[1]))(x)

    def activate(self, x, name):
        return F.relu(x, inplace=True) if name == "relu" else F.relu6(x, inplace=True)

    def dense(self, x, units):
        return self.layer(lambda: nn.Linear(x.shape[1], units))(x)

    def max_pool(self, x, kernel, stride):
        return F.max_pool2d(x, kernel, stride, kernel // 2)

    def average_pool(self, x, kernel, stride):
        return F.avg_pool2d(x, kernel, stride)

    def mean(self, x):
        return F.adaptive_avg_pool2d(x, 1).flatten(1)

    def neighbours(self, x):
        return F.local_response_norm(x, 5)

    def dropout(self, x, rate):
        return F.dropout(x, rate)

    def flatten(self, x):
        return x.flatten(1)

    def concat(self, parts):
        return torch.cat(parts, 1)

    def add(self, a, b):
        return a + b


name, batch = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(os.cpu_count())
torch.manual_seed(1)
side = SIDES[name]
images = torch.randn(batch, 3, side, side).to(memory_format=torch.channels_last)
labels = torch.randint(0, CLASSES[name], (batch,))
model = Net(NETS[name])
with torch.no_grad():
    model(images[:2])
optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
weights = HEADS.get(name, [1.0])
print(json.dumps({"trainable": sum(p.numel() for p in model.parameters())}), flush=True)
for line in sys.stdin:
    times = []
    for _ in range(int(line)):
        begin = time.perf_counter()
        optimizer.zero_grad()
        loss = sum(w * F.cross_entropy(logits, labels) for w, logits in zip(weights, model(images)))
        loss.backward()
        optimizer.step()
        times.append((time.perf_counter() - begin) * 1e3)
    print(json.dumps({"times": times, "loss": loss.item()}), flush=True)
