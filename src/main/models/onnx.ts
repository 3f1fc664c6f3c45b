import { AppError } from '../../shared/errors.js'
import type { FlatNode, NodeFacts } from '../../shared/graph/graph.js'
import { channelsOf } from '../../shared/layers/shapes.js'
import type { TensorMap } from '../engine/executor.js'
import { onnxBytes, type OnnxModel } from '../engine/onnx/model.js'
import { OperatorList } from './onnx/builder.js'
import { emitterOf } from './onnx/operators.js'
import { pixelsOf, rescalingAt, type NetPart } from './part.js'

/** Name of the file's one input: NHWC, pixels of 0 to 1; the range that the net works with is computed in the file. */
export const ONNX_INPUT = 'image'

/** A protobuf message ends at 2 GB; the rest is room for the graph itself. */
const LARGEST_WEIGHTS = 2 ** 31 - 2 ** 24

/**
 * An ONNX file (operator set 17) for inference: input `image` [N, height, width, channels], one output of probabilities per
 * head, named by the head and in head order; tensors and operators carry the ids of our nodes. Dropout and its like are left out.
 * `export/unsupported` if it would pass 2 GB, `weights/mismatch` if a weight is missing.
 */
export function onnxFile(part: NetPart, weights: TensorMap): Uint8Array {
  return onnxBytes(onnxModel(part, weights))
}

/** The same as plain data. */
export function onnxModel(part: NetPart, weights: TensorMap): OnnxModel {
  refuseTooLarge(part)
  refuseTakenName(part)
  const list = new OperatorList(weights)
  const outputs = new Map<string, string>()
  for (const node of part.nodes) {
    const facts = part.facts[node.id] as NodeFacts
    const inputs = node.inputs.map((id) => outputs.get(id) as string)
    const output =
      node.id === part.input.id
        ? rescaled(
            list,
            node,
            list.node('Transpose', [ONNX_INPUT], `${node.id}:nchw`, { perm: { ints: [0, 3, 1, 2] } }),
          )
        : emitterOf(node)(list, { node, facts, inputs })
    outputs.set(node.id, output)
  }
  return {
    name: 'netwright',
    nodes: list.nodes,
    initializers: list.initializers,
    inputs: [{ name: ONNX_INPUT, type: 'float32', shape: inputShape(part) }],
    outputs: part.heads.map((id) => ({
      name: id,
      type: 'float32',
      shape: ['N', channelsOf((part.facts[id] as NodeFacts).output ?? [])],
    })),
    opsets: { '': 17 },
    irVersion: 8,
    metadata: { ...pixelsOf(part), layout: 'NHWC', heads: part.heads.join(','), dropped: onnxDropped(part).join(',') },
  }
}

/** Layers that an ONNX file goes without: what the chosen heads do not need, and what does nothing after training, such as dropout. */
export function onnxDropped({ nodes, unused }: NetPart): readonly string[] {
  return [...unused, ...nodes.filter((node) => node.layer.trainingOnly).map((node) => node.id)]
}

/** Pixels in the range that the net works with: the input of the file takes 0 to 1. */
function rescaled(list: OperatorList, node: FlatNode, x: string): string {
  const rescaling = rescalingAt(node)
  if (!rescaling) return x
  const constant = (name: 'factor' | 'offset') => {
    const values = Float32Array.from(rescaling[name])
    return list.constant(`${node.id}:${name}`, { shape: [values.length, 1, 1], data: values })
  }
  const scaled = list.node('Mul', [x, constant('factor')], `${node.id}:scaled`)
  return list.node('Add', [scaled, constant('offset')], `${node.id}:range`)
}

function inputShape({ input }: NetPart): (number | string)[] {
  const [height, width, channels] = input.shape
  return ['N', height ?? 'height', width ?? 'width', channels as number]
}

function refuseTooLarge({ parameters }: NetPart) {
  const bytes = parameters * 4
  if (bytes <= LARGEST_WEIGHTS) return
  throw new AppError(
    'export/unsupported',
    `The weights take ${(bytes / 1e9).toFixed(2)} GB, and one ONNX file holds at most 2 GB.`,
    'Export as TensorFlow.js, which splits its weights, or make the largest dense layer smaller.',
  )
}

function refuseTakenName({ nodes, input }: NetPart) {
  if (!nodes.some((node) => node.id === ONNX_INPUT && node.id !== input.id)) return
  throw new AppError(
    'export/unsupported',
    `A layer is called ${ONNX_INPUT}, which is the name of the file's input.`,
    'Rename the layer, or export as TensorFlow.js.',
  )
}
