import { expect, it } from 'vitest'
import {
  addNode,
  moveNodes,
  removeNodes,
  renameNode,
  setParam,
  setTraining,
  type Command,
} from '../../../src/shared/document/commands.js'
import type { Document } from '../../../src/shared/document/document.js'
import { kindOf } from '../../../src/shared/document/kinds.js'
import { connect, disconnect, insertOnWire } from '../../../src/shared/document/wires.js'
import type { Issue } from '../../../src/shared/errors.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { hash } from '../../../src/shared/random.js'
import { randomDocument } from '../random-graph.js'
import type { Dice } from '../random-operations.js'

const CASES = 400
const EDITS = 12

/** One edit of any kind that a user can make. */
function edit(document: Document, dice: Dice): Command {
  const ids = Object.keys(document.nodes)
  const id = ids[dice(0, ids.length - 1)]!
  const other = ids[dice(0, ids.length - 1)]!
  const wire = document.wires[dice(0, Math.max(0, document.wires.length - 1))] ?? { from: id, to: other, input: 0 }
  const fields = Object.entries(kindOf(document.nodes[id]!.type)?.params ?? {})
  const [name, field] = fields[dice(0, Math.max(0, fields.length - 1))] ?? ['filters', undefined]
  const values = [1, 2, 3, 4, [1, 1], [2, 2], 'same', 'valid', true, false, null, NaN, field?.default]
  const set = setParam(id, name, values[dice(0, values.length - 1)])
  const commands = [
    ...[set, set, set, set],
    moveNodes({ [id]: [dice(0, 900), dice(0, 900)] }),
    disconnect(wire),
    connect(id, other),
    connect(id, other, dice(0, 2)),
    removeNodes([id]),
    renameNode(id, `${id}_new`),
    insertOnWire(wire, ['relu', 'batch_norm', 'conv2d', 'residual'][dice(0, 3)]!, [0, 0]),
    addNode('softmax', [0, 0]),
    setTraining({ batch: dice(1, 2) }),
  ]
  return commands[dice(0, commands.length - 1)]!
}

const plain = ({ fix, ...issue }: Issue) => ({ ...issue, fix: fix?.title })

/** All that is known, in a form that can be compared: of commands their titles. */
function knownOf(document: Document) {
  const { graph, issues, hints, receptiveFields, ...rest } = analyze(document)
  return {
    ...rest,
    graph: { ...graph, issues: graph.issues.map(plain) },
    issues: issues.map(plain),
    hints: hints.map(plain),
    receptiveFields: Object.fromEntries(receptiveFields),
  }
}

it('knows after each edit, by what it remembers, what it would find from scratch', () => {
  let cases = 0
  for (let seed = 0; seed < CASES; seed++) {
    let draws = 0
    const dice: Dice = (low, high) => low + (hash(seed, 3, draws++) % (high - low + 1))
    let document = randomDocument(seed)
    const past = [document]
    for (let i = 0; i < EDITS; i++) {
      // Now and then a step back, to a document that was analysed before.
      document = dice(0, 5) === 0 ? past[dice(0, past.length - 1)]! : edit(document, dice)(document)
      past.push(document)
      expect({ seed, i, ...knownOf(document) }).toEqual({ seed, i, ...knownOf(structuredClone(document)) })
      cases++
    }
  }
  console.log(`cases=${cases}`)
})
