import type * as z from 'zod/mini'
import { AppError } from '../errors.js'
import { LIMITS } from '../limits.js'
import { needOf } from '../needs.js'
import type { Blocks, Document } from './document.js'
import { toVersion2 } from './migrations/to-version-2.js'
import { notJson } from './not-json.js'
import { repeatedKey } from './repeated-keys.js'
import { documentSchema } from './schema.js'
import { blocksText, byKey, line, nodesText, objectText, wiresText } from './text.js'

/** Newest version of the file format that this program writes. */
const VERSION = 2

const KNOWN = ['format', 'version', 'name', 'nodes', 'wires', 'blocks', 'training', 'view', 'template']

/**
 * Read the text of a document file. Unknown node types and fields are kept as they are. Throws `document/too-large`,
 * `document/not-json`, `document/not-netwright`, `document/newer-version` or `document/invalid`.
 */
export function parse(written: string): Document {
  // Editors on Windows put a mark of the order of bytes first.
  const text = written.startsWith('\ufeff') ? written.slice(1) : written
  const value = migrated(readJson(text))
  const found = problemIn(value) ?? repeated(text)
  if (found) throw invalid(found)
  const read = documentSchema.safeParse(value)
  if (!read.success) throw invalid(firstProblem(read.error))
  const nets = [read.data, ...Object.values(read.data.blocks)]
  const count = nets.reduce((sum, net) => sum + Object.keys(net.nodes).length, 0)
  if (count > LIMITS.nodes) throw tooLarge(`The document has ${count} nodes; at most ${LIMITS.nodes} are read.`)
  const { format, version, name, nodes, wires, blocks, training, view, template, ...extra } = read.data
  return {
    format,
    version,
    name,
    nodes,
    wires,
    // What a field holds depends on its kind; the schema has checked each of them.
    blocks: blocks as Blocks,
    training,
    ...(view && { view }),
    ...(template && { template }),
    ...(Object.keys(extra).length > 0 && { extra }),
  }
}

/**
 * The text of a document: the same for equal documents, whatever the order of their keys. Two spaces, one node and one
 * wire per line, nodes by id and wires by where they end, so that version control shows what changed.
 */
export function print(document: Document): string {
  const { name, nodes, wires, blocks, training, view, template, extra = {} } = document
  const fields: [string, string][] = [
    ['format', line(document.format)],
    ['version', line(document.version)],
    ['name', line(name)],
    ['nodes', nodesText(nodes, '  ')],
    ['wires', wiresText(wires, '  ')],
    ['blocks', blocksText(blocks, '  ')],
    ['training', line(training)],
    ...(view ? [['view', line(view)] as [string, string]] : []),
    ...(template ? [['template', line(template)] as [string, string]] : []),
    ...Object.entries(extra)
      .filter(([key]) => !KNOWN.includes(key))
      .sort(byKey)
      .map(([key, value]): [string, string] => [key, line(value)]),
  ]
  return `${objectText(fields)}\n`
}

function repeated(text: string): string | undefined {
  const key = repeatedKey(text)
  return key === undefined ? undefined : `it has ${JSON.stringify(key)} twice, as a careless merge leaves it`
}

function readJson(text: string): unknown {
  if (text.length > LIMITS.documentBytes) {
    const size = (text.length / 2 ** 20).toFixed(1)
    throw tooLarge(`The file has ${size} MiB; at most ${LIMITS.documentBytes / 2 ** 20} MiB are read.`)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw notJson(text, error)
  }
}

/** The file as the newest version writes it. */
function migrated(value: unknown): unknown {
  const file = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  checkVersion(file)
  return file['version'] === 1 ? toVersion2(file) : file
}

function checkVersion({ format, version }: Readonly<Record<string, unknown>>): void {
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
