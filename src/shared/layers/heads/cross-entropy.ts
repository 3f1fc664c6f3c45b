import type { Tensor, Tf } from '../define.js'

/**
 * Softmax cross-entropy of each image in nats, `log(sum(exp(logits))) - logits[label]`: logits [batch, classes] and int32
 * labels [batch] give [batch]. A kernel of our own (`src/main/engine/kernels/loss/softmax-cross-entropy.ts`).
 */
export function softmaxCrossEntropy(tf: Tf, logits: Tensor, labels: Tensor): Tensor {
  const [loss] = tf.engine().runKernel<Tensor[]>('SoftmaxCrossEntropy', { logits, labels })
  return loss as Tensor
}

/** The same with a share `smoothing` of the target spread evenly over all classes (Szegedy et al. 2016, section 7). */
export function smoothedCrossEntropy(tf: Tf, logits: Tensor, labels: Tensor, smoothing: number): Tensor {
  const sharp = softmaxCrossEntropy(tf, logits, labels)
  if (smoothing === 0) return sharp
  return tf.add(tf.mul(sharp, 1 - smoothing), tf.mul(evenLoss(tf, logits), smoothing))
}

/** Cross-entropy with all classes equally likely, `log(sum(exp(logits))) - mean(logits)`, of each image [batch]. */
function evenLoss(tf: Tf, logits: Tensor): Tensor {
  const centred = tf.sub(logits, tf.max(logits, 1, true))
  return tf.sub(tf.log(tf.sum(tf.exp(centred), 1)), tf.mean(centred, 1))
}

/**
 * Binary cross-entropy of each image in nats, mean over the classes: every class is asked for by itself, and only the one of the
 * label is there. `log(1 + exp(x)) - t x` with t = 1 for the label's class and 0 for the others, both moved by half of `smoothing`
 * towards 1/2, as Keras does.
 */
export function binaryCrossEntropy(tf: Tf, logits: Tensor, labels: Tensor, smoothing: number): Tensor {
  const there = oneHot(tf, labels, logits.shape[1] as number)
  const target = smoothing === 0 ? there : tf.add(tf.mul(there, 1 - smoothing), smoothing / 2)
  return tf.mean(tf.sub(tf.softplus(logits), tf.mul(logits, target)), 1)
}

/** 1 in the column of each image's label, 0 in the others: int32 [batch] gives [batch, classes]. */
function oneHot(tf: Tf, labels: Tensor, classes: number): Tensor {
  const columns = tf.tensor2d(
    Int32Array.from({ length: classes }, (_, i) => i),
    [1, classes],
    'int32',
  )
  return tf.cast(tf.equal(tf.reshape(labels, [-1, 1]), columns), 'float32')
}

/** Losses of images [batch] times the weight of each image's class; no weights leave them as they are. */
export function weighByClass(tf: Tf, losses: Tensor, labels: Tensor, weights: readonly number[]): Tensor {
  if (weights.length === 0) return losses
  const row = tf.tensor2d(Float32Array.from(weights), [1, weights.length])
  return tf.mul(losses, tf.sum(tf.mul(oneHot(tf, labels, weights.length), row), 1))
}
