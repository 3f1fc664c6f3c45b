import fc from 'fast-check'
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
import { duplicate } from '../../../src/shared/document/clipboard.js'
import type { Document } from '../../../src/shared/document/document.js'
import { inBlock } from '../../../src/shared/document/inside.js'
import { kindOf } from '../../../src/shared/document/kinds.js'
import { makeBlock } from '../../../src/shared/document/make-block.js'
import { ungroup } from '../../../src/shared/document/ungroup.js'
import { connect, disconnect, insertOnWire } from '../../../src/shared/document/wires.js'
import type { Issue } from '../../../src/shared/errors.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { diceOf, draws, validDocument } from '../random-graph.js'
import type { Dice } from '../random-operations.js'

const CASES = 500
const EDITS = 24

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
    setParam('input_1', 'height', [null, 6, 9, 30][dice(0, 3)]),
    duplicate([id, other]),
    makeBlock([id, other], { name: 'twin', title: 'Twin' }),
    ungroup(id),
    ...Object.keys(document.blocks).map((name) => inBlock(name, insideEdit(dice))),
  ]
  return commands[dice(0, commands.length - 1)]!
}

/** An edit of the inside of an own block, which all its uses show. */
function insideEdit(dice: Dice): Command {
  const [at, value] = [dice(0, 9), dice(1, 3)]
  return (inside) => {
    const ids = Object.keys(inside.nodes)
    return setParam(ids[at % ids.length]!, 'filters', value)(inside)
  }
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
  fc.assert(
    fc.property(validDocument, fc.array(draws(6), { maxLength: EDITS, size: 'max' }), (start, edits) => {
      let document = start
      const past = [document]
      for (const list of edits) {
        const dice = diceOf(list)
        // Now and then a step back, to a document that was analysed before.
        document = dice(0, 5) === 5 ? past[dice(0, past.length - 1)]! : edit(document, dice)(document)
        past.push(document)
        expect(knownOf(document)).toEqual(knownOf(structuredClone(document)))
        cases++
      }
    }),
    { seed: 16, numRuns: CASES },
  )
  expect(cases).toBeGreaterThan(CASES)
  console.log(`cases=${cases} edits of ${CASES} nets`)
})
