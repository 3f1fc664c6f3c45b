"""Trains a net with momentum by Keras `fit`: for each number read so many steps; answers with times in ms."""
import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from keras import layers  # noqa: E402

from nets import CLASSES, HEADS, NETS, SIDES  # noqa: E402


class Builder:
    def channels(self, x):
        return x.shape[-1]

    def conv(self, x, filters, kernel, stride, groups, bias):
        if groups == 1:
            return layers.Conv2D(filters, kernel, stride, padding="same", use_bias=bias)(x)
        return layers.DepthwiseConv2D(kernel, stride, padding="same", use_bias=bias)(x)

    def norm(self, x):
        return layers.BatchNormalization()(x)

    def activate(self, x, name):
        return layers.ReLU(6.0 if name == "relu6" else None)(x)

    def dense(self, x, units):
        return layers.Dense(units)(x)

    def max_pool(self, x, kernel, stride):
        return layers.MaxPooling2D(kernel, stride, padding="same")(x)

    def average_pool(self, x, kernel, stride):
        return layers.AveragePooling2D(kernel, stride)(x)

    def mean(self, x):
        return layers.GlobalAveragePooling2D()(x)

    def neighbours(self, x):
        return layers.Lambda(lambda v: tf.nn.local_response_normalization(v, 2, 1.0, 2e-5, 0.75))(x)

    def dropout(self, x, rate):
        return layers.Dropout(rate)(x)

    def flatten(self, x):
        return layers.Flatten()(x)

    def concat(self, parts):
        return layers.Concatenate()(parts)

    def add(self, a, b):
        return layers.Add()([a, b])


class Clock(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.ends = []

    def on_train_batch_end(self, batch, logs=None):
        self.ends.append(time.perf_counter())


name, batch = sys.argv[1], int(sys.argv[2])
keras.utils.set_random_seed(1)
image = layers.Input((SIDES[name], SIDES[name], 3), batch_size=batch)
logits = NETS[name](Builder(), image)
model = keras.Model(image, logits)
loss = [keras.losses.SparseCategoricalCrossentropy(from_logits=True) for _ in logits]
model.compile(keras.optimizers.SGD(0.01, momentum=0.9), loss, loss_weights=HEADS.get(name))
images = np.random.randn(batch, SIDES[name], SIDES[name], 3).astype("float32")
labels = [np.random.randint(0, CLASSES[name], batch).astype("int32") for _ in logits]
data = tf.data.Dataset.from_tensors((images, tuple(labels))).repeat().prefetch(2)
print(json.dumps({"trainable": sum(int(np.prod(w.shape)) for w in model.trainable_weights)}), flush=True)
for line in sys.stdin:
    clock = Clock()
    # The first of a call to fit gets the pipeline going, which would be unfair to count.
    model.fit(data, steps_per_epoch=int(line) + 1, epochs=1, verbose=0, callbacks=[clock])
    print(json.dumps({"times": [(b - a) * 1e3 for a, b in zip(clock.ends, clock.ends[1:])]}), flush=True)
