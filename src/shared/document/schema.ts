import * as z from 'zod/mini'
import { LIMITS } from '../limits.js'
import { isNodeId } from './document.js'

const number = z.number('must be a number')
const text = z.string('must be a text')
const id = text.check(z.refine(isNodeId, 'must be a node id: a letter, then lower case letters, digits and _'))
const coordinate = number.check(
  z.refine((value) => Math.abs(value) <= LIMITS.coordinate, `must be within ±${LIMITS.coordinate}`),
)
const fields = z.record(z.string(), z.unknown(), 'must be an object')
const name = text.check(
  z.refine(
    (value) => Array.from(value).length <= LIMITS.nameLength,
    `must have at most ${LIMITS.nameLength} characters`,
  ),
)

/** A node: fields that we do not know are kept. */
const node = z.looseObject(
  { type: text, params: fields, at: z.tuple([coordinate, coordinate], 'must be a place, [x, y]') },
  'must be a node with type, params and at',
)

const input = number.check(
  z.refine((value) => Number.isInteger(value) && value >= 0 && value < LIMITS.wires, 'must be the number of an input'),
)
const wire = z.looseObject({ from: id, to: id, input }, 'must be a wire with from, to and input')

const zoom = number.check(z.refine((value) => value >= 0.01 && value <= 100, 'must be 0.01 to 100'))

/** What a document file of version 1 holds; whether the net makes sense is the analysis's to say. */
export const documentSchema = z.looseObject({
  format: z.literal('netwright'),
  version: z.literal(1, 'must be 1'),
  name,
  nodes: z.record(id, node, 'must be an object of nodes'),
  wires: z
    .array(wire, 'must be a list of wires')
    .check(z.refine((wires) => wires.length <= LIMITS.wires, `must have at most ${LIMITS.wires} wires`)),
  blocks: fields,
  training: fields,
  view: z.optional(z.object({ x: coordinate, y: coordinate, zoom }, 'must have x, y and zoom')),
})
