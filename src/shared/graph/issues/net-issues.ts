import type { NodeId } from '../../document/document.js'
import { ownName } from '../../document/own-blocks.js'
import type { Issue } from '../../errors.js'

/** Nodes that wait for each other, in the direction of their wires. */
export function cycleIssue(cycle: readonly string[]): Issue {
  const shown = cycle.length > 8 ? [...cycle.slice(0, 4), '…', ...cycle.slice(-3)] : cycle
  return {
    severity: 'error',
    code: 'graph/cycle',
    message: `${[...shown, cycle[0]].join(' → ')} is a circle: each of them waits for the one before.`,
    hint: 'Remove one of these wires; data flows one way, from the input to the heads.',
    where: { node: cycle[0]! },
  }
}

/** A node whose layer, block or own block is not there. */
export function unknownType(id: NodeId, type: string): Issue {
  const name = ownName(type)
  const issue = { severity: 'error', code: 'node/unknown-type', where: { node: id } } as const
  if (name !== undefined) {
    const message = `${id} is the block ${name}, which this document does not have.`
    return {
      ...issue,
      message,
      hint: `Add the block ${name} from your library, or replace the node; it is kept as it is.`,
    }
  }
  const message = `${id} is a ${type}, which this version does not know.`
  return {
    ...issue,
    message,
    hint: 'Replace it, or open the document with the version that wrote it; it is kept as it is.',
  }
}
