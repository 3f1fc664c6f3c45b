import type { FlatNode } from '../graph/graph.js'
import type { HeadSpec, Tensor, Tf } from '../layers/define.js'

/** One head's part of the objective, all scalars. */
export interface HeadLoss {
  /** Mean over the batch, before the head's weight. */
  readonly loss: Tensor
  /** Images that are answered right. */
  readonly correct: Tensor
  /** Mean distance of a number from the label's; missing for a head that chooses among classes. */
  readonly error?: Tensor
}

/** What a layer of the family `head` is trained for. */
export function headSpecOf({ id, layer }: FlatNode): HeadSpec<FlatNode['params']> {
  if (!layer.head) throw new Error(`${id} is no head.`)
  return layer.head
}

/** Loss and hits of one head from its values [batch, units] and int32 labels [batch]. */
export function headLoss(tf: Tf, node: FlatNode, values: Tensor, labels: Tensor, smoothing = 0): HeadLoss {
  const spec = headSpecOf(node)
  const loss = tf.mean(spec.loss(tf, node.params, values, labels, smoothing))
  if (spec.predicts === 'classes') return { loss, correct: correctCount(tf, values, labels) }
  const squares = tf.square(tf.sub(tf.reshape(values, [-1]), tf.cast(labels, 'float32')))
  const near = tf.sum(tf.cast(tf.less(squares, 0.25), 'float32'))
  return { loss, correct: near, error: tf.mean(tf.sqrt(squares)) }
}

/** How many rows of `logits` are largest at their label; the first of equal logits counts. */
function correctCount(tf: Tf, logits: Tensor, labels: Tensor): Tensor {
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
