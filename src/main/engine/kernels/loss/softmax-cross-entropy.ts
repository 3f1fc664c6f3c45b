import type { Tensor } from '@tensorflow/tfjs-core'
import { ELEMENT } from '../../onnx/model.js'
import { output, valuesOf } from '../../tfjs/reference.js'
import { tf } from '../../tf.js'
import { defineKernel } from '../define.js'
import { further } from '../../tensorflow/emitter.js'

/**
 * Softmax cross-entropy of logits [batch, classes] with int32 labels [batch]: the loss of each image and its gradient,
 * `softmax(logits) - onehot(label)`, which costs next to nothing here and everything later.
 */
export const softmaxCrossEntropy = defineKernel<'logits' | 'labels'>('SoftmaxCrossEntropy', {
  infer: ({ logits, labels }) => [{ shape: labels.shape, dtype: 'float32' }, logits],
  gradient: {
    outputsToSave: [false, true],
    gradFunc: (dy, saved) => ({
      logits: () => tf.mul(saved[0] as Tensor, tf.reshape((dy as Tensor[])[0] as Tensor, [-1, 1])),
    }),
  },
  onnx: (e, { inputs: { logits, labels } }) => {
    const log = e.node('LogSoftmax', [logits.name], { axis: { int: 1 } })
    const label = e.node('Cast', [labels.name], { to: { int: ELEMENT.int64 } })
    const one = e.node('OneHot', [label, e.ints([logits.shape[1] as number]), e.floats([2], [0, 1])])
    const picked = e.node('ReduceSum', [e.node('Mul', [log, one]), e.ints([1])], { keepdims: { int: 0 } })
    return [e.node('Neg', [picked]), e.node('Sub', [e.node('Exp', [log]), one])]
  },
  tensorflow: (e, { inputs: { logits, labels } }) => {
    const inputs = [logits.name, labels.name]
    const loss = e.typed('SparseSoftmaxCrossEntropyWithLogits', logits.dtype, inputs, { Tlabels: { type: 'int32' } })
    return [loss, further(loss, 1)]
  },
  reference: ({ inputs, backend }) => {
    const logits = valuesOf(backend, inputs['logits'])
    const labels = valuesOf(backend, inputs['labels'])
    const classes = logits.length / labels.length
    const loss = new Float32Array(labels.length)
    const gradient = new Float32Array(logits.length)
    labels.forEach((label, image) => {
      const row = Array.from(logits.slice(image * classes, (image + 1) * classes))
      const top = Math.max(...row)
      const total = row.reduce((sum, logit) => sum + Math.exp(logit - top), 0)
      loss[image] = Math.log(total) + top - (row[label] as number)
      row.forEach((logit, k) => (gradient[image * classes + k] = Math.exp(logit - top) / total - (k === label ? 1 : 0)))
    })
    return [output(backend, [labels.length], loss), output(backend, [labels.length, classes], gradient)]
  },
})
