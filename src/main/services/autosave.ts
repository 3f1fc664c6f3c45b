import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Api } from '../../shared/api.js'
import { writeAtomic } from '../storage/atomic.js'
import { readBounded } from '../storage/bounded.js'
import { makeFolder, namesIn } from '../storage/folder.js'
import { isAlive, ownMark, type ProcessMark } from '../storage/process.js'
import { serially } from './serially.js'

const NAME = /^autosave(-[0-9a-f]{12})?\.netwright\.json$/
/** Of all unsaved documents together. */
const MOST_BYTES = 256 * 1024 * 1024

/** What a program keeps: itself, so that others leave its work alone while it runs, and the texts. */
interface Kept extends Partial<ProcessMark> {
  readonly texts: readonly string[]
}

/**
 * Unsaved documents. Each program that uses the home folder keeps them in a file of its own; what one left that has ended is offered to
 * the next that asks, which from then on keeps it as its own.
 */
export function createAutosave(home: string): Pick<Api['documents'], 'recovered' | 'autosave'> {
  const own = join(home, `autosave-${randomBytes(6).toString('hex')}.netwright.json`)
  const inTurn = serially()
  let offered: readonly string[] = []

  /** Files that are nobody else's, the oldest first. */
  async function left() {
    const paths = (await namesIn(home)).filter((name) => NAME.test(name)).map((name) => join(home, name))
    const all = await Promise.allSettled(paths.map(read))
    const found = all.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value] : []))
    // One that cannot be read hides no other; it stays where it is, and is told when it is alone.
    const unread = all.find((one) => one.status === 'rejected')
    if (found.length === 0 && unread) throw unread.reason
    return found.filter(({ kept }) => isOwn(kept) || !isAlive(kept)).sort((a, b) => a.saved.localeCompare(b.saved))
  }

  return {
    recovered: () =>
      inTurn(async () => {
        const found = await left()
        offered = found.map(({ path }) => path)
        const texts = found.flatMap(({ kept }) => kept.texts)
        const saved = found.at(-1)?.saved
        return saved === undefined || texts.length === 0 ? undefined : { texts, saved }
      }),
    autosave: (texts) =>
      inTurn(async () => {
        if (texts.length > 0) {
          await makeFolder(home)
          const kept: Kept = { ...ownMark(), texts }
          await writeAtomic(own, JSON.stringify(kept))
        }
        const others = offered.filter((path) => path !== own)
        for (const path of texts.length > 0 ? others : [...others, own]) await rm(path, { force: true })
        offered = []
      }),
  }
}

function isOwn({ process: pid, processStart }: Kept): boolean {
  const mark = ownMark()
  return pid === mark.process && processStart === mark.processStart
}

/** What a file holds and when it was written; nothing if its program has just removed it. */
async function read(path: string) {
  try {
    const saved = (await stat(path)).mtime.toISOString()
    return { path, saved, kept: keptIn((await readBounded(path, MOST_BYTES)).toString('utf8')) }
  } catch (error) {
    if (!existsSync(path)) return undefined
    throw error
  }
}

/** In a file of this version, in a list of texts, or in the text of a single document, as earlier versions wrote them. */
function keptIn(text: string): Kept {
  try {
    const value = JSON.parse(text) as Kept | readonly string[]
    const { texts, ...mark } = 'texts' in value ? value : { texts: value }
    if (Array.isArray(texts) && texts.every((one) => typeof one === 'string')) return { ...mark, texts }
  } catch {
    // No list: the reader of documents says what is wrong with it.
  }
  return { texts: [text] }
}
