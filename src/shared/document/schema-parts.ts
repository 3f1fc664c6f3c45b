import * as z from 'zod/mini'
import { readField, type Field } from '../layers/fields.js'
import { LIMITS } from '../limits.js'
import { isNodeId } from './document.js'
import { isParamName } from './own-blocks.js'

export const number = z.number('must be a number')
const text = z.string('must be a text')
const id = text.check(z.refine(isNodeId, 'must be a node id: a letter, then lower case letters, digits and _'))
export const coordinate = number.check(
  z.refine((value) => Math.abs(value) <= LIMITS.coordinate, `must be within ±${LIMITS.coordinate}`),
)
export const place = z.tuple([coordinate, coordinate], 'must be a place, [x, y]')
export const fields = z.record(z.string(), z.unknown(), 'must be an object')
export const name = text.check(
  z.refine(
    (value) => Array.from(value).length <= LIMITS.nameLength,
    `must have at most ${LIMITS.nameLength} characters`,
  ),
)

/** A node: fields that we do not know are kept. */
const node = z.looseObject({ type: text, params: fields, at: place }, 'must be a node with type, params and at')
export const nodes = z.record(id, node, 'must be an object of nodes')

const input = number.check(
  z.refine((value) => Number.isInteger(value) && value >= 0 && value < LIMITS.wires, 'must be the number of an input'),
)
const output = number.check(
  z.refine(
    (value) => Number.isInteger(value) && value >= 1 && value < LIMITS.inputs,
    'must be the number of an output',
  ),
)
const wire = z.looseObject(
  { from: id, to: id, input, output: z.optional(output) },
  'must be a wire with from, to and input',
)
export const wires = z
  .array(wire, 'must be a list of wires')
  .check(z.refine((list) => list.length <= LIMITS.wires, `must have at most ${LIMITS.wires} wires`))

const port = z.looseObject({ id, at: place }, 'must be a port with id and at')
const ports = z
  .array(port, 'must be a list of ports')
  .check(z.refine((list) => list.length <= LIMITS.inputs, `must have at most ${LIMITS.inputs} ports`))

const paramName = text.check(z.refine(isParamName, 'must be letters, digits and _, a letter first, no function'))
const shown = { name: paramName, doc: text }
const limits = { ...shown, min: number, max: number }
const param = z
  .discriminatedUnion(
    'kind',
    [
      z.looseObject({ kind: z.literal('int'), ...limits, default: number }),
      z.looseObject({ kind: z.literal('number'), ...limits, default: number }),
      z.looseObject({ kind: z.literal('size'), ...limits, default: z.tuple([number, number], 'must be two numbers') }),
      z.looseObject({ kind: z.literal('sides'), ...limits, default: z.array(number, 'must be numbers') }),
      z.looseObject({ kind: z.literal('choice'), ...shown, default: text, options: z.array(text, 'must be texts') }),
      z.looseObject({ kind: z.literal('flag'), ...shown, default: z.boolean('must be true or false') }),
    ],
    'must have a kind: int, number, size, sides, choice or flag',
  )
  .check(z.refine((one) => 'value' in readField(one as Field, one.default), 'must have a default that it allows'))

/** An own block; whether its inside makes sense is the analysis's to say. */
const block = z
  .looseObject(
    {
      title: name,
      doc: text,
      inputs: ports,
      outputs: ports,
      params: z.array(param, 'must be a list of parameters'),
      nodes,
      wires,
    },
    'must be a block with title, doc, inputs, outputs, params, nodes and wires',
  )
  .check(
    z.refine((one) => areDifferent(one.params.map((each) => each.name)), 'must have parameters of different names'),
    z.refine(
      (one) => areDifferent([...Object.keys(one.nodes), ...[...one.inputs, ...one.outputs].map((each) => each.id)]),
      'must have a different id for each port and node',
    ),
  )

/** Own blocks by name. */
export const blocksSchema = z
  .record(id, block, 'must be an object of blocks')
  .check(z.refine((all) => Object.keys(all).length <= LIMITS.blocks, `must have at most ${LIMITS.blocks} blocks`))

function areDifferent(names: readonly string[]): boolean {
  return new Set(names).size === names.length
}
