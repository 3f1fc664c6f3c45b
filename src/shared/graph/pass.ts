import type { Expansion } from './expand.js'
import type { FlatNode, NodeFacts } from './graph.js'
import { placeOf } from './part.js'

/** What a pass found for the layers of a part, and what it had found at the part's inputs. */
interface Found<T> {
  readonly inputs: readonly (T | undefined)[]
  readonly values: readonly T[]
}

let count = 0

/** The slot of a pass in the memories of parts. */
function nextSlot(): number {
  return count++
}

/**
 * A pass over the layers of a net, front to back, that computes something for each from what it computed for its inputs
 * (`undefined` where an input is not known); values by place. What it found last is kept where neither a part nor the values
 * at its inputs have changed.
 */
export function createPass<T>(
  compute: (node: FlatNode, inputs: readonly (T | undefined)[], facts: NodeFacts) => T,
  isSame: (a: T, b: T) => boolean,
) {
  const slot = nextSlot()
  const isEqual = (a: T | undefined, b: T | undefined) =>
    a === b || (a !== undefined && b !== undefined && isSame(a, b))
  return ({ made, frame: { starts, ports }, nodes }: Expansion): readonly T[] => {
    const values = new Array<T>(nodes.length)
    for (let at = 0; at < made.length; at++) {
      const part = made[at]?.part
      if (!part) continue
      const [start, from] = [starts[at]!, ports[at]!]
      const last = part.memory[slot] as Found<T> | undefined
      if (last && isFedAlike(last.inputs, from, values, isEqual)) {
        for (let i = 0; i < last.values.length; i++) values[start + i] = last.values[i]!
        continue
      }
      for (let i = 0; i < part.nodes.length; i++) {
        const inputs = part.sources[i]!.map((source): T | undefined => values[placeOf(source, start, from)])
        values[start + i] = compute(part.nodes[i]!, inputs, part.facts.layers[i]!)
      }
      const found = {
        inputs: from.map((place) => values[place]),
        values: values.slice(start, start + part.nodes.length),
      }
      part.memory[slot] = found
    }
    return values
  }
}

function isFedAlike<T>(
  inputs: readonly (T | undefined)[],
  from: readonly number[],
  values: readonly T[],
  isEqual: (a: T | undefined, b: T | undefined) => boolean,
): boolean {
  for (let i = 0; i < inputs.length; i++) if (!isEqual(inputs[i], values[from[i]!])) return false
  return true
}
