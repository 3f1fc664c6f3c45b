import { existsSync } from 'node:fs'
import { lstat, readdir, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  ENGINES,
  type EngineFacts,
  type EngineHere,
  type EngineName,
  type EngineOffer,
} from '../../../../shared/engine.js'
import { errorData, type ErrorData } from '../../../../shared/errors.js'
import { engineFolder, enginesFolder, findTensorFlow, libraryIn } from '../library.js'
import { packagesFor } from './offers.js'
import { findPython } from './python.js'

/** Where NVIDIA's driver shows itself on Linux. */
const DRIVER = '/proc/driver/nvidia/version'

/** What of TensorFlow is here, and what it would take to get it; asks Pythons on the path, hence a job of a child process. */
export async function engineFacts(home: string): Promise<EngineFacts> {
  const folder = enginesFolder(home)
  const free = await freeBytes(folder)
  const engines = await Promise.all(ENGINES.map((name) => hereOf(name, home)))
  return { engines, folder, ...(free !== undefined && { free }), nvidia: existsSync(DRIVER), ...(await means()) }
}

async function hereOf(name: EngineName, home: string): Promise<EngineHere> {
  const folder = engineFolder(home, name)
  const { library } = findTensorFlow(name, process.env, home)
  const own = libraryIn(folder, '')
  return {
    name,
    ...(library && { library: { source: library.source, path: library.path, ...versionOf(library) } }),
    ...(own && { own: { ...versionOf(own), bytes: await bytesIn(folder) } }),
  }
}

const versionOf = ({ version }: { readonly version?: string }) => (version === undefined ? {} : { version })

/** What it is got with, or why it cannot be. */
async function means(): Promise<Pick<EngineFacts, 'offers' | 'obstacle'>> {
  const offers: EngineOffer[] = []
  let obstacle: ErrorData | undefined
  try {
    for (const wanted of packagesFor(process.platform, process.arch)) {
      const { requirement: _, pythons: __, ...offer } = wanted
      const python = await findPython(wanted).catch((error: unknown) => {
        obstacle ??= errorData(error)
        return undefined
      })
      // The older build is for who has a Python for it: the newest one is not worth another Python.
      if (python || offer.build !== 'openmp') offers.push({ ...offer, ...(python && { python }) })
    }
  } catch (error) {
    obstacle = errorData(error)
  }
  return { offers, ...(obstacle && { obstacle }) }
}

/** Of the nearest folder that is there. */
async function freeBytes(folder: string): Promise<number | undefined> {
  let place = folder
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place)
  const found = await statfs(place).catch(() => undefined)
  return found && found.bavail * found.bsize
}

/** Bytes of all files below a folder; links count for themselves. */
async function bytesIn(folder: string): Promise<number> {
  let sum = 0
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name)
    sum += entry.isDirectory()
      ? await bytesIn(path)
      : await lstat(path).then(
          ({ size }) => size,
          () => 0,
        )
  }
  return sum
}
