import { defineLayer } from '../define.js'
import { first } from '../geometry.js'
import { isImage, shapeText, sizeOf } from '../shapes.js'

/** Image to vector, in the order height, width, channels; no weights. */
export const flatten = defineLayer({
  type: 'flatten',
  title: 'Flatten',
  family: 'dense',
  doc: 'Writes all values of the image into one long vector, row by row.',
  formula: 'y[(i · width + j) · channels + c] = x[i, j, c]',
  source: 'LeCun et al. 1998',
  inputs: 'one',
  params: {},
  infer: (_p, inputs) => {
    const units = sizeOf(first(inputs))
    if (units !== undefined) return [units]
    return {
      code: 'shape/open',
      message: `The image is ${shapeText(first(inputs))}, so the length of the vector is not known.`,
      hint: 'Give the input a fixed height and width, or use global average pooling instead.',
      input: 0,
    }
  },
  apply: ({ tf }, _p, inputs) => {
    const x = first(inputs)
    return tf.reshape(x, [x.shape[0] as number, x.size / (x.shape[0] as number)])
  },
  keras: () => ['Flatten', {}],
  // PyTorch's images have their channels first, so without this it would write them in another order.
  pytorch: (_p, inputs) =>
    isImage(first(inputs)) ? ['nn.Sequential', ['torch.permute', [0, 2, 3, 1]], ['nn.Flatten']] : ['nn.Flatten'],
  examples: [{ inputs: [[4, 3, 2]] }, { inputs: [[5]] }],
})
