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

/** Loss and hits of one head from its logits [batch, classes] and int32 labels [batch]. */
export function headLoss(tf: Tf, logits: Tensor, labels: Tensor): HeadLoss {
  return { loss: tf.mean(softmaxCrossEntropy(tf, logits, labels)), correct: correctCount(tf, logits, labels) }
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
