"""The nets of the engine bench, written once for a builder `b` of either framework; each returns the logits of its heads.

Widths, strides and biases are those of src/shared/templates; the bench compares the number of weights."""


def unit(b, x, filters, kernel, stride=1, groups=1, activation="relu"):
    x = b.norm(b.conv(x, filters, kernel, stride, groups, bias=False))
    return b.activate(x, activation) if activation else x


def residual(b, x, width, stride, channels):
    """Two 3x3 convolutions, or a bottleneck if `channels` differ from `width`."""
    if channels == width:
        y = unit(b, unit(b, x, width, 3, stride), width, 3, activation=None)
    else:
        y = unit(b, unit(b, unit(b, x, width, 1, stride), width, 3), channels, 1, activation=None)
    if stride > 1 or b.channels(x) != channels:
        x = unit(b, x, channels, 1, stride, activation=None)
    return b.activate(b.add(y, x), "relu")


def stages(b, x, blocks, width, expansion):
    for stage, count in enumerate(blocks):
        for i in range(count):
            wide = width << stage
            x = residual(b, x, wide, 2 if stage > 0 and i == 0 else 1, wide * expansion)
    return x


def cifar_resnet(depth):
    def net(b, x):
        return [b.dense(b.mean(stages(b, unit(b, x, 16, 3), [(depth - 2) // 6] * 3, 16, 1)), 10)]

    return net


def resnet50(b, x):
    x = b.max_pool(unit(b, x, 64, 7, 2), 3, 2)
    return [b.dense(b.mean(stages(b, x, [3, 4, 6, 3], 64, 4)), 1000)]


def googlenet(b, x):
    def conv(x, filters, kernel, stride=1):
        return b.activate(b.conv(x, filters, kernel, stride, 1, bias=True), "relu")

    def module(x, one, reduce3, three, reduce5, five, pool):
        return b.concat([
            conv(x, one, 1),
            conv(conv(x, reduce3, 1), three, 3),
            conv(conv(x, reduce5, 1), five, 5),
            conv(b.max_pool(x, 3, 1), pool, 1),
        ])

    def side(x):
        x = b.flatten(conv(b.average_pool(x, 5, 3), 128, 1))
        return b.dense(b.dropout(b.activate(b.dense(x, 1024), "relu"), 0.7), 1000)

    x = b.neighbours(b.max_pool(conv(x, 64, 7, 2), 3, 2))
    x = b.max_pool(b.neighbours(conv(conv(x, 64, 1), 192, 3)), 3, 2)
    x = module(module(x, 64, 96, 128, 16, 32, 32), 128, 128, 192, 32, 96, 64)
    x = module(b.max_pool(x, 3, 2), 192, 96, 208, 16, 48, 64)
    first = side(x)
    x = module(module(module(x, 160, 112, 224, 24, 64, 64), 128, 128, 256, 24, 64, 64), 112, 144, 288, 32, 64, 64)
    second = side(x)
    x = b.max_pool(module(x, 256, 160, 320, 32, 128, 128), 3, 2)
    x = module(module(x, 256, 160, 320, 32, 128, 128), 384, 192, 384, 48, 128, 128)
    return [b.dense(b.dropout(b.mean(x), 0.4), 1000), first, second]


def mobilenet_v2(b, x):
    x = unit(b, x, 32, 3, 2, activation="relu6")
    table = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]
    for expansion, channels, count, first in table:
        for i in range(count):
            before, stride = b.channels(x), first if i == 0 else 1
            hidden = before * expansion
            y = x if expansion == 1 else unit(b, x, hidden, 1, activation="relu6")
            y = unit(b, y, hidden, 3, stride, hidden, activation="relu6")
            y = unit(b, y, channels, 1, activation=None)
            x = b.add(y, x) if stride == 1 and before == channels else y
    x = unit(b, x, 1280, 1, activation="relu6")
    return [b.dense(b.dropout(b.mean(x), 0.2), 1000)]


NETS = {
    "cifar-resnet-20": cifar_resnet(20),
    "cifar-resnet-56": cifar_resnet(56),
    "resnet-50": resnet50,
    "googlenet": googlenet,
    "mobilenet-v2": mobilenet_v2,
}
SIDES = {name: 32 if name.startswith("cifar") else 224 for name in NETS}
CLASSES = {name: 10 if name.startswith("cifar") else 1000 for name in NETS}
HEADS = {"googlenet": [1.0, 0.3, 0.3]}
