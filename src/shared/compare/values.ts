/** One value that differs; missing on the side that does not have it. */
export interface Change {
  readonly name: string
  readonly before?: unknown
  readonly after?: unknown
}

/** Names whose values differ, in the order of the first and then of the second. */
export function changesOf(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly Change[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((name) => {
    const [one, other] = [before[name], after[name]]
    if (isEqual(one, other)) return []
    return [{ name, ...(one !== undefined && { before: one }), ...(other !== undefined && { after: other }) }]
  })
}

/** Equality of plain data, whatever the order of keys. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [one, other] = [Object.entries(a), new Map(Object.entries(b))]
  return one.length === other.size && one.every(([key, value]) => other.has(key) && isEqual(value, other.get(key)))
}
