/** Ids from front to back, and the circles that keep the others from having a place. */
export interface Order {
  readonly order: readonly string[]
  /** Each circle as the ids on it, in the direction of the wires. */
  readonly cycles: readonly (readonly string[])[]
}

/** Sort nodes so that each comes after those that feed it (Kahn 1962); iterative, time linear in the wires. */
export function inOrder(inputs: ReadonlyMap<string, readonly (string | undefined)[]>): Order {
  const waiting = new Map<string, number>()
  const next = new Map<string, string[]>()
  for (const [id, list] of inputs) {
    const known = list.filter((from): from is string => from !== undefined && inputs.has(from))
    waiting.set(id, known.length)
    for (const from of known) {
      const after = next.get(from)
      if (after) after.push(id)
      else next.set(from, [id])
    }
  }
  const order = [...inputs.keys()].filter((id) => waiting.get(id) === 0)
  for (let i = 0; i < order.length; i++) {
    for (const id of next.get(order[i] as string) ?? []) {
      const left = (waiting.get(id) as number) - 1
      waiting.set(id, left)
      if (left === 0) order.push(id)
    }
  }
  const stuck = new Set(inputs.keys())
  for (const id of order) stuck.delete(id)
  return { order, cycles: cyclesOf(stuck, inputs) }
}

/** Every node left over has a predecessor that is left over: walking back from one must come around. */
function cyclesOf(stuck: ReadonlySet<string>, inputs: ReadonlyMap<string, readonly (string | undefined)[]>) {
  const cycles: string[][] = []
  const walked = new Map<string, number>()
  let walk = 0
  for (const start of stuck) {
    walk++
    const path: string[] = []
    let id: string | undefined = start
    while (id !== undefined && !walked.has(id)) {
      walked.set(id, walk)
      path.push(id)
      id = inputs.get(id)?.find((from) => from !== undefined && stuck.has(from))
    }
    if (id !== undefined && walked.get(id) === walk) cycles.push(path.slice(path.indexOf(id)).reverse())
  }
  return cycles
}
