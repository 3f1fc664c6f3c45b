import type { Document } from '../../document/document.js'
import { kindIn } from '../../document/kinds.js'
import { BLOCK_OUTPUT, holdsHead, isAllowedInside } from '../../document/own-blocks.js'
import type { Issue } from '../../errors.js'
import { cycleIssue, unknownType } from './net-issues.js'
import { deadEnds } from './structure.js'
import type { Wiring } from '../wiring.js'

/** Problems of the inside of an own block that no use of it changes, located by the ids inside. */
export function insideIssues(
  inside: Document,
  wiring: Wiring,
  cycles: readonly (readonly string[])[],
): readonly Issue[] {
  return [
    ...wiring.issues,
    ...cycles.map(cycleIssue),
    ...misplaced(inside),
    ...noOutput(inside),
    ...deadEnds(inside, wiring),
  ]
}

function misplaced(inside: Document): readonly Issue[] {
  return Object.entries(inside.nodes).flatMap(([node, { type }]): Issue[] => {
    if (!kindIn(inside, type)) return [unknownType(node, type)]
    if (isAllowedInside(type)) return []
    const message = `${node} is the input of the net, which cannot stand inside a block: images enter a net once.`
    const hint = 'Remove it; what the block gets from outside comes through its own inputs.'
    return [{ severity: 'error', code: 'block/not-inside', message, hint, where: { node } }]
  })
}

function noOutput(inside: Document): readonly Issue[] {
  if (Object.values(inside.nodes).some(({ type }) => type === BLOCK_OUTPUT || holdsHead(inside, type))) return []
  const hint = 'Open the block, and end it in a block output or a head.'
  return [{ severity: 'warning', code: 'block/no-output', message: 'it has no output.', hint, where: {} }]
}
