import type { Emitter } from './builder.js'

/** Concat of channels or units. */
export const concat: Emitter = (list, { node, inputs }) => list.node('Concat', inputs, node.id, { axis: { int: 1 } })

/** A chain of Add, in the order of the inputs. */
export const add: Emitter = (list, { node, inputs }) =>
  inputs.reduce((sum, x, i) => list.node('Add', [sum, x], i === inputs.length - 1 ? node.id : `${node.id}:${i}`))
