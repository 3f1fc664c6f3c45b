import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { DeviceChoice } from '../../../shared/api.js'
import type { Document } from '../../../shared/document/document.js'
import { ENGINES } from '../../../shared/engine.js'
import type { MeasuredPeak } from '../../../shared/training/memory-need.js'
import type { TrainingSettings } from '../../../shared/training/settings.js'
import { engineFolder, variableOf } from '../../engine/tensorflow/library.js'
import { writeAtomic } from '../../storage/atomic.js'

/** What was learnt of which net, the newest last. */
interface Book<T> {
  readonly format: string
  readonly choices: Readonly<Record<string, T>>
}

/** Entries that are remembered. */
const KEPT = 100

/** Choices of devices in earlier times. */
export function knownChoices(home: string) {
  return bookIn<DeviceChoice>(join(home, 'benchmarks.json'), 'netwright-benchmarks')
}

/** Peaks of memory that trainers have had, a few numbers of images each. */
export function knownPeaks(home: string) {
  return bookIn<readonly MeasuredPeak[]>(join(home, 'memory.json'), 'netwright-memory')
}

/** Keeps what only saves time or sharpens a guess in a file at home: one that cannot be read or written is as good as none. */
function bookIn<T>(path: string, format: string) {
  const read = async (): Promise<Book<T>['choices']> => {
    try {
      const book = JSON.parse(await readFile(path, 'utf8')) as Book<T>
      return book.format === format ? book.choices : {}
    } catch {
      return {}
    }
  }
  const write = async (choices: Book<T>['choices']) => {
    const book: Book<T> = { format, choices }
    await writeAtomic(path, `${JSON.stringify(book, undefined, 2)}\n`).catch(() => undefined)
  }
  return {
    async find(key: string): Promise<T | undefined> {
      const choices = await read()
      return Object.hasOwn(choices, key) ? choices[key] : undefined
    },
    async keep(key: string, choice: T): Promise<void> {
      const others = Object.entries(await read()).filter(([known]) => known !== key)
      await write(Object.fromEntries([...others, [key, choice] as const].slice(-KEPT)))
    },
    async forget(key: string): Promise<void> {
      await write(Object.fromEntries(Object.entries(await read()).filter(([known]) => known !== key)))
    },
  }
}

/** One word for everything that decides how fast a net trains here: the net without its drawing, the settings, the machine. */
export function choiceKey(document: Document, settings: TrainingSettings, home: string, version: string): string {
  const { optimizer, batch, weightDecay, clipNorm, labelSmoothing } = settings
  const engines = ENGINES.map((engine) => [process.env[variableOf(engine)], madeAt(engineFolder(home, engine))])
  const machine = [cpus().map(({ model }) => model), engines]
  return digest([version, netOf(document), optimizer, batch, weightDecay, clipNorm, labelSmoothing, machine])
}

/** One word for what decides how much memory a net takes, besides the images that are in memory at a time. */
export function memoryKey(document: Document, settings: TrainingSettings, device: string): string {
  const { optimizer, averageDecay, data } = settings
  const [parts, looks] = [settings.microBatches > 1, settings.probeEvery > 0]
  return digest([netOf(document), optimizer, averageDecay > 0, data, parts, looks, device])
}

function netOf({ nodes, wires, blocks }: Document): unknown {
  const plain = ({ type, params }: { readonly type: string; readonly params: object }) => [type, params]
  return [
    Object.entries(nodes).map(([id, node]) => [id, plain(node)]),
    wires,
    Object.entries(blocks).map(([name, block]) => [name, block.nodes, block.wires]),
  ]
}

function digest(facts: unknown): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32)
}

function madeAt(folder: string): number | undefined {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs
}
