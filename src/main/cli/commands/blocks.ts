import { resolve } from 'node:path'
import { bundleOf, parseBundle, printBundle } from '../../../shared/document/bundle.js'
import { AppError } from '../../../shared/errors.js'
import { createLibrary } from '../../services/library.js'
import { writeAtomic } from '../../storage/atomic.js'
import { readText } from '../../storage/bounded.js'
import { oneArgument, readDocument } from '../arguments.js'
import { defineCommand, type Surroundings } from '../command.js'
import { jsonLine, table } from '../text.js'

const MOST_BYTES = 4 * 1024 * 1024

export const blocks = defineCommand({
  name: 'blocks',
  doc: 'List your own blocks, write one as a file, take one from a file or a net into your library.',
  usage: 'list | export <block> [-o FILE] | import <file> [--block NAME] [--replace] | remove <block> [--json]',
  options: {
    output: { kind: 'text', short: 'o', value: 'FILE', doc: 'File to write; standard output if left out.' },
    block: { kind: 'text', value: 'NAME', doc: 'Take this block of a net; left out for a file that shares a block.' },
    replace: { kind: 'flag', doc: 'Take it in the place of another block of its name.' },
    json: { kind: 'flag', doc: 'Print JSON.' },
  },
  async run({ values, rest }, world) {
    const [action, ...names] = rest
    const library = createLibrary(world.home)
    const print = (facts: object, text: string) => world.out(values.json ? jsonLine(facts) : `${text}\n`)
    switch (action) {
      case 'list': {
        const found = await library.list()
        world.out(values.json ? jsonLine(found) : listText(found))
        return 0
      }
      case 'export': {
        const { text } = await library.read(oneArgument(names, 'block'))
        if (values.output === undefined) {
          world.out(text)
          return 0
        }
        const path = resolve(world.folder, values.output)
        await writeAtomic(path, text)
        print({ file: path, bytes: Buffer.byteLength(text) }, `Written to ${path}`)
        return 0
      }
      case 'import': {
        const text = await sharedText(oneArgument(names, 'file'), values.block, world)
        const entry = await library.write(text, values.replace)
        print(entry, `${entry.name} is in your library.`)
        return 0
      }
      case 'remove': {
        const name = oneArgument(names, 'block')
        await library.remove(name)
        print({ removed: name }, `${name} is gone from your library.`)
        return 0
      }
      default: {
        const hint = 'Write list, export, import or remove.'
        throw new AppError('input/invalid', action === undefined ? 'action is missing.' : `There is no action ${action}.`, hint) // prettier-ignore
      }
    }
  },
})

type Listing = Awaited<ReturnType<ReturnType<typeof createLibrary>['list']>>

function listText({ blocks: found, damaged }: Listing): string {
  if (found.length === 0 && damaged.length === 0) return 'Your library holds no blocks yet.\n'
  const rows = found.map(({ name, title, params, inputs, outputs }) => [name, title, `${inputs} in, ${outputs} out`, params.join(' ')]) // prettier-ignore
  const broken = damaged.map(({ file, reason }) => `${file} cannot be read: ${reason}\n`)
  return `${found.length > 0 ? table([['block', 'title', 'ports', 'parameters'], ...rows]) : ''}${broken.join('')}`
}

/** The text of a shared block, from its file or out of a net. */
async function sharedText(file: string, block: string | undefined, world: Surroundings): Promise<string> {
  if (block === undefined) {
    return printBundle(parseBundle(await readText(resolve(world.folder, file), MOST_BYTES)))
  }
  const { document } = await readDocument(file, world)
  const bundle = bundleOf(document, block)
  if (bundle) return printBundle(bundle)
  const known = Object.keys(document.blocks)
  const hint = known.length > 0 ? `It has ${known.join(', ')}.` : 'It has no own blocks.'
  throw new AppError('input/invalid', `${file} has no block ${block}.`, hint)
}
