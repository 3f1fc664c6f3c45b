import * as z from 'zod/mini'
import { blocksSchema, coordinate, fields, name, nodes, number, wires } from './schema-parts.js'

const zoom = number.check(z.refine((value) => value >= 0.01 && value <= 100, 'must be 0.01 to 100'))

/** What a document file of version 2 holds; whether the net makes sense is the analysis's to say. */
export const documentSchema = z.looseObject({
  format: z.literal('netwright'),
  version: z.literal(2, 'must be 1 or 2'),
  name,
  nodes,
  wires,
  blocks: blocksSchema,
  training: fields,
  view: z.optional(z.object({ x: coordinate, y: coordinate, zoom }, 'must have x, y and zoom')),
  template: z.optional(z.object({ name, values: fields }, 'must have the name and the values of a template')),
})
