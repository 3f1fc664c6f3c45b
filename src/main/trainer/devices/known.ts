import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { DeviceChoice } from '../../../shared/api.js'
import type { Document } from '../../../shared/document/document.js'
import type { TrainingSettings } from '../../../shared/training/settings.js'
import { engineFolder } from '../../engine/tensorflow/library.js'
import { writeAtomic } from '../../storage/atomic.js'

/** What was chosen for which net, the newest last. */
interface Book {
  readonly format: 'netwright-benchmarks'
  readonly choices: Readonly<Record<string, DeviceChoice>>
}

/** Choices that are remembered. */
const KEPT = 100

/** Choices of earlier times, in a file at home. They only save time: a file that cannot be read or written is as good as none. */
export function knownChoices(home: string) {
  const path = join(home, 'benchmarks.json')
  const read = async (): Promise<Book['choices']> => {
    try {
      const book = JSON.parse(await readFile(path, 'utf8')) as Book
      return book.format === 'netwright-benchmarks' ? book.choices : {}
    } catch {
      return {}
    }
  }
  const write = async (choices: Book['choices']) => {
    const book: Book = { format: 'netwright-benchmarks', choices }
    await writeAtomic(path, `${JSON.stringify(book, undefined, 2)}\n`).catch(() => undefined)
  }
  return {
    async find(key: string): Promise<DeviceChoice | undefined> {
      const choices = await read()
      return Object.hasOwn(choices, key) ? choices[key] : undefined
    },
    async keep(key: string, choice: DeviceChoice): Promise<void> {
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
  const plain = ({ type, params }: { readonly type: string; readonly params: object }) => [type, params]
  const nodes = Object.entries(document.nodes).map(([id, node]) => [id, plain(node)])
  const blocks = Object.entries(document.blocks).map(([name, block]) => [name, block.nodes, block.wires])
  const net = [nodes, document.wires, blocks]
  const { optimizer, batch, weightDecay, clipNorm, labelSmoothing } = settings
  const machine = [cpus().map(({ model }) => model), process.env['NETWRIGHT_TENSORFLOW'], madeAt(engineFolder(home))]
  const facts = [version, net, optimizer, batch, weightDecay, clipNorm, labelSmoothing, machine]
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32)
}

function madeAt(folder: string): number | undefined {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs
}
