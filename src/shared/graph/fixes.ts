import { freeId, setParams, type Command } from '../document/commands.js'
import { nodeOf, type Document, type Wire } from '../document/document.js'
import { insertOnWire } from '../document/wires.js'
import type { Issue } from '../errors.js'
import type { Misfit } from '../layers/define.js'
import { channelsOf, isImage, type Shape } from '../layers/shapes.js'
import type { Expansion } from './expand.js'
import type { FlatNode } from './graph.js'

/** A command that makes the inputs of a node fit, where there is one that hardly can be wrong. */
export function fixFor(document: Document, expansion: Expansion, node: FlatNode, misfit: Misfit): Issue['fix'] {
  const wire = document.wires.find((w) => w.to === node.id && w.input === (misfit.input ?? 0))
  if (!wire) return undefined
  const [one, other] = [node.inputs[0], node.inputs[wire.input]].map((path) => expansion.shapes.get(path ?? ''))
  const wantsVector = ['dense', 'head'].includes(node.layer.type) && misfit.code === 'shape/rank'
  if (wantsVector || misfit.code === 'shape/open') {
    return { title: 'Insert global average pooling', command: insertBefore(wire, 'global_average_pool', {}) }
  }
  if (node.layer.type === 'add' && one && other) return projection(wire, other, one)
  return undefined
}

/** A 1x1 convolution, strided where it must be, that gives one branch of an add the shape of the other. */
function projection(wire: Wire, from: Shape, to: Shape): Issue['fix'] {
  if (!isImage(from) || !isImage(to)) return undefined
  const strides = [0, 1].map((side) => strideBetween(from[side], to[side]))
  if (strides.includes(undefined)) return undefined
  const params = { filters: channelsOf(to), kernel: [1, 1], stride: strides }
  return { title: 'Insert a 1x1 convolution', command: insertBefore(wire, 'conv2d', params) }
}

/** The stride that makes one extent of the other by padding `same`, if there is one. */
function strideBetween(from: number | null | undefined, to: number | null | undefined): number | undefined {
  if (from === to) return 1
  if (typeof from !== 'number' || typeof to !== 'number') return undefined
  const stride = Math.ceil(from / to)
  return Math.ceil(from / stride) === to ? stride : undefined
}

/** Insert a node into a wire, halfway between its ends and a little lower, where a row of nodes leaves room. */
function insertBefore(wire: Wire, type: string, params: Readonly<Record<string, unknown>>): Command {
  return (document) => {
    const [a, b] = [nodeOf(document, wire.from)?.at ?? [0, 0], nodeOf(document, wire.to)?.at ?? [0, 0]]
    const id = freeId(document, type)
    const inserted = insertOnWire(wire, type, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + 80], id)(document)
    return setParams([id], params)(inserted)
  }
}
