import { defineLayer } from '../define.js'
import { int } from '../fields.js'
import { first } from '../geometry.js'
import { isImage, shapeText, sizeOf } from '../shapes.js'

/** The same values as an image of another size, in the order height, width, channels; no weights. */
export const reshape = defineLayer({
  type: 'reshape',
  title: 'Reshape',
  family: 'dense',
  doc: 'Arranges the values of a vector or an image as an image of another height, width and channels, row by row; their number stays.',
  formula: 'y = x, read in the order height, width, channels',
  inputs: 'one',
  params: {
    height: int('Height in px that comes out.', 1),
    width: int('Width in px that comes out.', 1),
    channels: int('Channels that come out.', 64),
  },
  summary: (p) => `to ${shapeText([p.height, p.width, p.channels])}`,
  infer: (p, inputs) => {
    const x = first(inputs)
    const target = [p.height, p.width, p.channels]
    const [have, need] = [sizeOf(x), sizeOf(target)]
    if (have === need) return target
    if (have === undefined) {
      return {
        code: 'shape/open',
        message: `The image is ${shapeText(x)}, so the number of its values is not known.`,
        hint: 'Give the input a fixed height and width, or put a resize or adaptive pooling in front.',
        input: 0,
      }
    }
    return {
      code: 'shape/size',
      message: `${shapeText(x)} has ${have} values, but ${shapeText(target)} has ${need}.`,
      hint: 'Choose height, width and channels whose product is the number of values that come in.',
      input: 0,
    }
  },
  apply: ({ tf }, p, inputs) => {
    const x = first(inputs)
    return tf.reshape(x, [x.shape[0] as number, p.height, p.width, p.channels])
  },
  keras: (p) => ['Reshape', { target_shape: [p.height, p.width, p.channels] }],
  pytorch: (p, inputs) => {
    const target = ['nn.Unflatten', 1, [p.height, p.width, p.channels]]
    const back = ['torch.permute', [0, 3, 1, 2]]
    if (!isImage(first(inputs))) return ['nn.Sequential', target, back]
    return ['nn.Sequential', ['torch.permute', [0, 2, 3, 1]], ['nn.Flatten'], target, back]
  },
  examples: [
    { inputs: [[12]], params: { height: 2, width: 3, channels: 2 } },
    { inputs: [[4, 3, 2]], params: { height: 2, width: 3, channels: 4 } },
    { inputs: [[2, 2, 1]], params: { height: 1, width: 1, channels: 4 } },
  ],
})
