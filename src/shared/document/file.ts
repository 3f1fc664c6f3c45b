import type * as z from 'zod/mini'
import { AppError } from '../errors.js'
import { LIMITS } from '../limits.js'
import { needOf } from '../needs.js'
import type { Document, Wire } from './document.js'
import { documentSchema } from './schema.js'

/** Newest version of the file format that this program writes. */
const VERSION = 1

const KNOWN = ['format', 'version', 'name', 'nodes', 'wires', 'blocks', 'training', 'view']

/**
 * Read the text of a document file. Unknown node types and fields are kept as they are. Throws `document/too-large`,
 * `document/not-json`, `document/not-netwright`, `document/newer-version` or `document/invalid`.
 */
export function parse(text: string): Document {
  const value = readJson(text)
  checkVersion(value)
  const found = problemIn(value)
  if (found) throw invalid(found)
  const read = documentSchema.safeParse(value)
  if (!read.success) throw invalid(firstProblem(read.error))
  const count = Object.keys(read.data.nodes).length
  if (count > LIMITS.nodes) throw tooLarge(`The document has ${count} nodes; at most ${LIMITS.nodes} are read.`)
  const { format, version, name, nodes, wires, blocks, training, view, ...extra } = read.data
  return {
    format,
    version,
    name,
    nodes,
    wires,
    blocks,
    training,
    ...(view && { view }),
    ...(Object.keys(extra).length > 0 && { extra }),
  }
}

/**
 * The text of a document: the same for equal documents, whatever the order of their keys. Two spaces, one node and one
 * wire per line, nodes by id and wires by where they end, so that version control shows what changed.
 */
export function print(document: Document): string {
  const { name, nodes, wires, blocks, training, view, extra = {} } = document
  const nodeLines = Object.entries(nodes).map(([id, { type, params, at, ...more }]) => {
    const parts = [...Object.entries({ type, params, at }), ...Object.entries(more).sort(byKey)].map(
      ([key, value]) => `"${key}": ${line(value)}`,
    )
    return [JSON.stringify(id), `{ ${parts.join(', ')} }`] as const
  })
  const wireLines = [...wires]
    .sort(byTarget)
    .map(({ from, to, input, ...more }) => line({ from, to, input, ...more }, false))
  const fields: [string, string][] = [
    ['format', line(document.format)],
    ['version', line(document.version)],
    ['name', line(name)],
    [
      'nodes',
      lines(
        '{',
        '}',
        nodeLines.sort(byKey).map(([id, node]) => `${id}: ${node}`),
      ),
    ],
    ['wires', lines('[', ']', wireLines)],
    ['blocks', line(blocks)],
    ['training', line(training)],
    ...(view ? [['view', line(view)] as [string, string]] : []),
    ...Object.entries(extra)
      .filter(([key]) => !KNOWN.includes(key))
      .sort(byKey)
      .map(([key, value]): [string, string] => [key, line(value)]),
  ]
  return `{\n${fields.map(([key, value]) => `  ${JSON.stringify(key)}: ${value}`).join(',\n')}\n}\n`
}

function lines(open: string, close: string, items: readonly string[]): string {
  return items.length === 0 ? open + close : `${open}\n${items.map((item) => `    ${item}`).join(',\n')}\n  ${close}`
}

/** One value on one line; keys sorted unless told otherwise on the first level. */
function line(value: unknown, sorted = true): string {
  if (Array.isArray(value)) return `[${value.map((item) => line(item)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  if (sorted) entries.sort(byKey)
  if (entries.length === 0) return '{}'
  return `{ ${entries.map(([key, part]) => `${JSON.stringify(key)}: ${line(part)}`).join(', ')} }`
}

/** By code units: the same on every machine, whatever its language. */
function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0
}

function byTarget(a: Wire, b: Wire): number {
  return byKey([a.to, 0], [b.to, 0]) || a.input - b.input || byKey([a.from, 0], [b.from, 0])
}

function readJson(text: string): unknown {
  if (text.length > LIMITS.documentBytes) {
    const size = (text.length / 2 ** 20).toFixed(1)
    throw tooLarge(`The file has ${size} MiB; at most ${LIMITS.documentBytes / 2 ** 20} MiB are read.`)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 120) : ''
    throw new AppError('document/not-json', `The file is not JSON: ${why}.`, 'Open a file that Netwright saved.')
  }
}

function checkVersion(value: unknown): void {
  const { format, version } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  if (format !== 'netwright') {
    const hint = 'Open a file that Netwright saved; its first line after { is "format": "netwright".'
    throw new AppError('document/not-netwright', 'The file is JSON, but not a Netwright document.', hint)
  }
  if (typeof version === 'number' && Number.isInteger(version) && version > VERSION) {
    const message = `The document is of version ${version}; this program reads up to version ${VERSION}.`
    throw new AppError('document/newer-version', message, 'Update Netwright to open it; the file was not changed.')
  }
}

/** What no document may hold, found without recursion: a file may be nested a million levels deep. */
function problemIn(root: unknown): string | undefined {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 1 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next
    if (typeof value === 'number' && !Number.isFinite(value)) return 'a number is too large'
    if (typeof value === 'string' && value.length > LIMITS.stringLength) {
      return `a text has ${value.length} characters, more than ${LIMITS.stringLength}`
    }
    if (typeof value !== 'object' || value === null) continue
    if (depth > LIMITS.depth) return `it is nested deeper than ${LIMITS.depth} levels`
    if (Object.hasOwn(value, '__proto__')) return 'it has a key __proto__'
    for (const part of Object.values(value)) open.push({ value: part, depth: depth + 1 })
  }
  return undefined
}

function firstProblem(error: z.core.$ZodError): string {
  const issue = error.issues[0]
  const message = issue?.code === 'invalid_key' ? issue.issues[0]?.message : issue?.message
  const path = issue?.path.map(String).join(' › ') || 'the document'
  // The schema's own words say what a value must be; the library's say only that it is wrong.
  return `${path} ${message === undefined || message === 'Invalid input' ? `is not right (${needOf(issue)})` : message}`
}

function invalid(problem: string): AppError {
  return new AppError(
    'document/invalid',
    `The document is damaged: ${problem}.`,
    'Mend it in a text editor, or open an older copy.',
  )
}

function tooLarge(message: string): AppError {
  return new AppError('document/too-large', message, 'Split the net into blocks, or open another file.')
}
