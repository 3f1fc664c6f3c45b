import type { Shape } from '../layers/shapes.js'
import { sizeOf } from '../layers/shapes.js'
import { LIMITS } from '../limits.js'
import type { FlatNode, NodeFacts, OriginFacts } from './graph.js'
import { paddingShare } from './padding-share.js'

/** What is known of a node of the document and of the layers it holds. */
export interface PartFacts {
  readonly layers: readonly NodeFacts[]
  readonly whole: OriginFacts
  /** Tensors of more values than can be addressed: the number of the layer, and the shape. */
  readonly tooLarge: readonly (readonly [layer: number, Shape])[]
}

const NOTHING_LARGE: PartFacts['tooLarge'] = []

/** The numbers of a node from those of its layers and the shapes of its outputs. Costs of an open size count as 0. */
export function totalsOf(layers: readonly NodeFacts[], shapes: readonly (Shape | undefined)[]): PartFacts {
  let [parameters, trainable, multiplyAdds] = [0, 0, 0]
  const large: (readonly [number, Shape])[] = []
  for (let at = 0; at < layers.length; at++) {
    const layer = layers[at]!
    parameters += layer.parameters
    trainable += layer.trainable
    multiplyAdds += layer.multiplyAdds
    const shape = largeIn(layer)
    if (shape) large.push([at, shape])
  }
  const sums = { parameters, trainable, multiplyAdds, layers: layers.length }
  const tooLarge = large.length > 0 ? large : NOTHING_LARGE
  const [output] = shapes
  const whole = output ? { output, ...sums } : sums
  return { layers, whole: shapes.length > 1 ? { ...whole, outputs: shapes } : whole, tooLarge }
}

/** The first tensor of a layer that has too many values: its output, or a weight. */
function largeIn({ output, weights }: NodeFacts): Shape | undefined {
  if (output && isLarge(output)) return output
  for (const name in weights) if (isLarge(weights[name]!.shape)) return weights[name]!.shape
  return undefined
}

function isLarge(shape: Shape): boolean {
  return (sizeOf(shape) ?? 0) > LIMITS.elements
}

const NO_WEIGHTS: NodeFacts['weights'] = {}

/** What is known of a layer with these shapes; inputs that are not known are left out. */
export function layerFacts(node: FlatNode, inputs: readonly Shape[], output: Shape | undefined): NodeFacts {
  const { id, origin, layer, params } = node
  const { type } = layer
  if (!output) return { id, origin, type, inputs, weights: NO_WEIGHTS, parameters: 0, trainable: 0, multiplyAdds: 0 }
  const weights = layer.weights?.(params, inputs) ?? NO_WEIGHTS
  let parameters = 0
  let trainable = 0
  for (const name in weights) {
    const { shape, role } = weights[name]!
    const count = sizeOf(shape) as number
    parameters += count
    if (role === 'trainable') trainable += count
  }
  const cost = layer.multiplyAdds?.(params, inputs, output) ?? 0
  const multiplyAdds = Number.isNaN(cost) ? 0 : cost
  const facts = { id, origin, type, inputs, output, weights, parameters, trainable, multiplyAdds }
  const padding = paddingShare(node, inputs[0], output)
  return padding === undefined ? facts : { ...facts, padding }
}
