import type { Tensor, Tf } from '../layers/define.js'

/**
 * Softmax cross-entropy of each image in nats, `log(sum(exp(logits))) - logits[label]`: logits [batch, classes] and int32
 * labels [batch] give [batch]. A kernel of our own (`src/main/engine/kernels/loss/softmax-cross-entropy.ts`).
 */
export function softmaxCrossEntropy(tf: Tf, logits: Tensor, labels: Tensor): Tensor {
  const [loss] = tf.engine().runKernel<Tensor[]>('SoftmaxCrossEntropy', { logits, labels })
  return loss as Tensor
}

/** One head's part of the objective: scalars `loss` (mean over the batch, nats) and `correct` (images classified right). */
export interface HeadLoss {
  readonly loss: Tensor
  readonly correct: Tensor
}

/** Loss and hits of one head from its logits [batch, classes] and int32 labels [batch], with a smoothing below 1. */
export function headLoss(tf: Tf, logits: Tensor, labels: Tensor, smoothing = 0): HeadLoss {
  const sharp = softmaxCrossEntropy(tf, logits, labels)
  const each = smoothing === 0 ? sharp : tf.add(tf.mul(sharp, 1 - smoothing), tf.mul(evenLoss(tf, logits), smoothing))
  return { loss: tf.mean(each), correct: correctCount(tf, logits, labels) }
}

/** Cross-entropy with all classes equally likely, `log(sum(exp(logits))) - mean(logits)`, of each image [batch]. */
function evenLoss(tf: Tf, logits: Tensor): Tensor {
  const centred = tf.sub(logits, tf.max(logits, 1, true))
  return tf.sub(tf.log(tf.sum(tf.exp(centred), 1)), tf.mean(centred, 1))
}

/** How many rows of `logits` are largest at their label; the first of equal logits counts. */
export function correctCount(tf: Tf, logits: Tensor, labels: Tensor): Tensor {
  return tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), labels), 'float32'))
}

/** Weighted sum of scalar losses, in the order of `losses`: `sum(weights[id] * losses[id])` (GoogLeNet, section 5). */
export function weightedSum(
  tf: Tf,
  losses: Readonly<Record<string, Tensor>>,
  weights: Readonly<Record<string, Tensor>>,
): Tensor {
  const terms = Object.entries(losses).map(([id, loss]) => tf.mul(loss, weights[id] as Tensor))
  return terms.length === 1 ? (terms[0] as Tensor) : tf.addN(terms)
}
