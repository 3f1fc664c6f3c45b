import type { BlockDefinition, Blocks, DocumentNode, NodeId, Wire } from './document.js'

/** An object of a file, one key per line. */
export function objectText(fields: readonly (readonly [key: string, text: string])[], indent = ''): string {
  return lines(
    '{',
    '}',
    fields.map(([key, text]) => `${JSON.stringify(key)}: ${text}`),
    indent,
  )
}

/** Nodes, one per line, by id. */
export function nodesText(nodes: Readonly<Record<NodeId, DocumentNode>>, indent: string): string {
  const fields = Object.entries(nodes).map(([id, { type, params, at, ...more }]) => {
    const parts = [...Object.entries({ type, params, at }), ...Object.entries(more).sort(byKey)].map(
      ([key, value]) => `"${key}": ${line(value)}`,
    )
    return [id, `{ ${parts.join(', ')} }`] as const
  })
  return objectText(fields.sort(byKey), indent)
}

/** Wires, one per line, by where they end. */
export function wiresText(wires: readonly Wire[], indent: string): string {
  const items = [...wires].sort(byTarget).map(({ from, to, input, output, ...more }) => {
    const first = output === undefined ? { from, to, input } : { from, output, to, input }
    return line({ ...first, ...more }, false)
  })
  return lines('[', ']', items, indent)
}

/** Own blocks by name, their nodes and wires one per line. */
export function blocksText(blocks: Blocks, indent: string): string {
  const fields = Object.entries(blocks).map(([name, block]) => [name, blockText(block, `${indent}  `)] as const)
  return objectText(fields.sort(byKey), indent)
}

function blockText(block: BlockDefinition, indent: string): string {
  const { title, doc, inputs, outputs, params, nodes, wires, ...more } = block
  const deeper = `${indent}  `
  const list = (items: readonly object[]) => lines('[', ']', items.map((item) => line(item, false)), deeper) // prettier-ignore
  return objectText(
    [
      ['title', line(title)],
      ['doc', line(doc)],
      ['inputs', list(inputs)],
      ['outputs', list(outputs)],
      [
        'params',
        list(params.map(({ name, kind, doc: help, ...field }) => ({ name, kind, doc: help, ...sorted(field) }))),
      ],
      ['nodes', nodesText(nodes, deeper)],
      ['wires', wiresText(wires, deeper)],
      ...Object.entries(more)
        .sort(byKey)
        .map(([key, value]) => [key, line(value)] as const),
    ],
    indent,
  )
}

function sorted(fields: object): object {
  return Object.fromEntries(Object.entries(fields).sort(byKey))
}

function lines(open: string, close: string, items: readonly string[], indent: string): string {
  if (items.length === 0) return open + close
  return `${open}\n${items.map((item) => `${indent}  ${item}`).join(',\n')}\n${indent}${close}`
}

/** One value on one line; keys sorted unless told otherwise on the first level. */
export function line(value: unknown, isSorted = true): string {
  if (Array.isArray(value)) return `[${value.map((item) => line(item)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  if (isSorted) entries.sort(byKey)
  if (entries.length === 0) return '{}'
  return `{ ${entries.map(([key, part]) => `${JSON.stringify(key)}: ${line(part)}`).join(', ')} }`
}

/** By code units: the same on every machine, whatever its language. */
export function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0
}

function byTarget(a: Wire, b: Wire): number {
  return (
    byKey([a.to, 0], [b.to, 0]) ||
    a.input - b.input ||
    byKey([a.from, 0], [b.from, 0]) ||
    (a.output ?? 0) - (b.output ?? 0)
  )
}
