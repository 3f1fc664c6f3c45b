import { AppError } from '../../../shared/errors.js'
import type { Analysis } from '../../../shared/graph/graph.js'
import { shapeText } from '../../../shared/layers/shapes.js'
import { initialState } from '../../../shared/program/initial-state.js'
import { netOf } from '../../../shared/program/state.js'
import type { HostTensor, TensorMap } from '../../engine/executor.js'
import { checkFinite, readSafetensors } from '../../models/safetensors.js'

/** Weights and statistics that training begins with: drawn from the seed, or all of a file's. */
export async function startState(analysis: Analysis, seed: number, weights?: string): Promise<TensorMap> {
  return weights === undefined ? initialState(analysis, seed) : readWeights(analysis, weights)
}

/** Weights and statistics of a net from a `.safetensors` file; `weights/mismatch` names what is missing, extra or of other shape. */
export async function readWeights(analysis: Analysis, path: string): Promise<TensorMap> {
  const read = await readSafetensors(path)
  checkFinite(read, path)
  const net = netOf(analysis)
  const wanted = new Map([...net.trainable, ...net.statistics].map(({ name, shape }) => [name, shape]))
  const state = new Map<string, HostTensor>()
  const wrong: string[] = []
  for (const [name, shape] of wanted) {
    const tensor = read.tensors.get(name)
    if (!tensor) wrong.push(`${name} (${shapeText(shape)}) is missing`)
    else if (String(tensor.shape) !== String(shape)) {
      wrong.push(`${name} is ${shapeText(tensor.shape)}, not ${shapeText(shape)}`)
    } else state.set(name, tensor)
  }
  for (const [name, { shape }] of read.tensors) {
    if (!wanted.has(name)) wrong.push(`${name} (${shapeText(shape)}) has no place in the net`)
  }
  if (wrong.length === 0) return state
  const more = wrong.length > MOST_NAMED ? ` and ${wrong.length - MOST_NAMED} more` : ''
  throw new AppError(
    'weights/mismatch',
    `${path} does not fit the net: ${wrong.slice(0, MOST_NAMED).join('; ')}${more}.`,
    'Use weights of this net: names are <node>/kernel, <node>/bias, <node>/gamma and so on, kernels height x width x in x out.',
  )
}

const MOST_NAMED = 6
