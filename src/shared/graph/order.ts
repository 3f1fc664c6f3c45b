/** Ids from front to back, and the circles that keep the others from having a place. */
export interface Order<T> {
  readonly order: readonly T[]
  /** Each circle as the ids on it, in the direction of the wires. */
  readonly cycles: readonly (readonly T[])[]
}

/** Sort nodes so that each comes after those that feed it; those on a circle and what they feed are left out. */
export function inOrder(inputs: ReadonlyMap<string, readonly (string | undefined)[]>): Order<string> {
  const ids = [...inputs.keys()]
  const places = new Map(ids.map((id, place) => [id, place]))
  const feeds = [...inputs.values()].map((list) =>
    list.flatMap((from) => (from === undefined ? [] : (places.get(from) ?? []))),
  )
  const { order, cycles } = orderOf(feeds)
  const named = (list: readonly number[]) => list.map((place) => ids[place]!)
  return { order: named(order), cycles: cycles.map(named) }
}

/** The same for nodes that go by numbers: for each the numbers of those that feed it (Kahn 1962); linear in the wires. */
export function orderOf(feeds: readonly (readonly number[])[]): Order<number> {
  const waiting = feeds.map((list) => list.length)
  const users = usersOf(feeds)
  const order: number[] = []
  for (let place = 0; place < feeds.length; place++) if (waiting[place] === 0) order.push(place)
  for (let i = 0; i < order.length; i++) {
    const after = users[order[i]!]
    if (after) for (const place of after) if (--waiting[place]! === 0) order.push(place)
  }
  return { order, cycles: order.length === feeds.length ? [] : cyclesOf(waiting, feeds) }
}

/** For each node those that it feeds, once for each time; none for a node that feeds nothing. */
export function usersOf(feeds: readonly (readonly number[])[]): readonly (readonly number[] | undefined)[] {
  const users = new Array<number[] | undefined>(feeds.length).fill(undefined)
  for (let place = 0; place < feeds.length; place++) {
    for (const from of feeds[place]!) {
      const known = users[from]
      if (known) known.push(place)
      else if (from >= 0) users[from] = [place]
    }
  }
  return users
}

/** Every node left over has a predecessor that is left over: walking back from one must come around. */
function cyclesOf(waiting: readonly number[], feeds: readonly (readonly number[])[]): number[][] {
  const cycles: number[][] = []
  const walked = new Int32Array(waiting.length).fill(-1)
  for (let start = 0; start < waiting.length; start++) {
    if (waiting[start] === 0) continue
    const path: number[] = []
    let place: number | undefined = start
    while (place !== undefined && walked[place]! < 0) {
      walked[place] = start
      path.push(place)
      place = feeds[place]!.find((from) => waiting[from]! > 0)
    }
    if (place !== undefined && walked[place] === start) cycles.push(path.slice(path.indexOf(place)).reverse())
  }
  return cycles
}
