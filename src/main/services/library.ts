import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Api, LibraryBlock } from '../../shared/api.js'
import { parseBundle, printBundle, type Bundle } from '../../shared/document/bundle.js'
import { safeName } from '../../shared/document/file-name.js'
import { AppError, errorData } from '../../shared/errors.js'
import { writeAtomic } from '../storage/atomic.js'
import { resolveBeneath } from '../storage/beneath.js'
import { readBounded, readText } from '../storage/bounded.js'
import { makeFolder, namesIn } from '../storage/folder.js'
import { serially } from './serially.js'

const SUFFIX = '.netblock'
const MOST_BYTES = 4 * 1024 * 1024

/** The personal library: own blocks as files `<name>.netblock` of one folder, each with all that it needs. */
export function createLibrary(home: string): Api['library'] {
  const folder = join(home, 'blocks')
  const inTurn = serially()

  const pathOf = async (name: string) => {
    await makeFolder(folder)
    return resolveBeneath(folder, safeName(name) + SUFFIX)
  }
  const load = async (file: string) => parseBundle(await readText(file, MOST_BYTES))

  return {
    async list() {
      const files = (await namesIn(folder)).filter((file) => file.endsWith(SUFFIX)).sort()
      const blocks: LibraryBlock[] = []
      const damaged: { file: string; reason: string }[] = []
      for (const file of files) {
        try {
          blocks.push(entryOf(file.slice(0, -SUFFIX.length), await load(join(folder, file))))
        } catch (error) {
          damaged.push({ file, reason: errorData(error).message })
        }
      }
      return { blocks, damaged }
    },
    async read(name) {
      return { text: printBundle(await load(await pathOf(name))) }
    },
    write: (text, replace = false) =>
      inTurn(async () => {
        const bundle = parseBundle(text)
        const path = await pathOf(bundle.name)
        const printed = printBundle(bundle)
        if (!replace) await refuseOther(path, bundle.name, printed)
        await writeAtomic(path, printed)
        return entryOf(bundle.name, bundle)
      }),
    remove: (name) =>
      inTurn(async () => {
        const path = await pathOf(name)
        await readBounded(path, MOST_BYTES)
        await rm(path)
      }),
  }
}

/** Names of blocks are often the first that came to mind: what another net has kept under one is not lost for it. */
async function refuseOther(path: string, name: string, text: string): Promise<void> {
  if (!existsSync(path) || (await readText(path, MOST_BYTES).catch(() => undefined)) === text) return
  const hint = 'Give one of the two another name, or have it replaced.'
  throw new AppError('file/exists', `Your library has another block of the name ${name}.`, hint)
}

function entryOf(name: string, bundle: Bundle): LibraryBlock {
  const { title, doc, inputs, outputs, params } = bundle.blocks[bundle.name]!
  return { name, title, doc, inputs: inputs.length, outputs: outputs.length, params: params.map((param) => param.name) }
}
