import { existsSync } from 'node:fs'
import { mkdir, rename, rm, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { InstallProgress } from '../../../../shared/engine.js'
import { AppError } from '../../../../shared/errors.js'
import { temporaryBeside } from '../../../storage/temporary.js'
import { engineFolder, libraryIn, type TensorFlowLibrary } from '../library.js'
import { packagesFor, type Package } from './offers.js'
import { afterLine, isTick, START } from './pip-progress.js'
import { findPython } from './python.js'
import { run } from './run.js'

export interface InstallOptions {
  readonly home: string
  /** Take the package with CUDA, for NVIDIA cards; several gigabytes. */
  readonly gpu: boolean
  /** Hears the lines that Python and pip print. */
  readonly say: (line: string) => void
  readonly progress?: (progress: InstallProgress) => void
  /** Ends the installation; nothing of it is kept. */
  readonly signal?: AbortSignal
  /** Commands to try for Python, in this order. */
  readonly pythons?: readonly string[]
}

/** The first pip that can tell how far it is. */
const TELLING_PIP = [24, 1] as const

/** Characters of pip's words in a message. */
const MOST_WORDS = 300

/**
 * Get TensorFlow by pip into an environment of our own below `home`, in place of one that is there; takes minutes. Throws
 * `device/unavailable` with what to do; an environment that is there stays as it is then.
 */
export async function installTensorFlow(options: InstallOptions): Promise<TensorFlowLibrary> {
  const { home, gpu } = options
  const wanted = packageFor(gpu)
  const python = await findPython(options.pythons)
  const folder = engineFolder(home)
  const part = temporaryBeside(folder)
  await mkdir(dirname(part), { recursive: true })
  await refuseFull(dirname(part), wanted)
  try {
    await fetchInto(part, python.command, wanted, options)
    if (!libraryIn(part, '')) throw failed('The package came without the library.', 'Choose the device onnx-cpu.')
    await rm(folder, { recursive: true, force: true })
    await rename(part, folder)
    return libraryIn(folder, 'Netwright’s own') as TensorFlowLibrary
  } finally {
    await rm(part, { recursive: true, force: true })
  }
}

/** Delete what `installTensorFlow` made; false if there was nothing. */
export async function removeTensorFlow(home: string): Promise<boolean> {
  const folder = engineFolder(home)
  const there = existsSync(folder)
  await rm(folder, { recursive: true, force: true })
  return there
}

function packageFor(gpu: boolean): Package {
  const packages = packagesFor(process.platform, process.arch)
  const found = packages.find((one) => one.gpu === gpu)
  if (found) return found
  const what = `TensorFlow’s package for ${process.platform} on ${process.arch} has no CUDA`
  throw failed(`${what}.`, 'Install the one for processors, without --gpu.')
}

async function refuseFull(folder: string, { title, disk }: Package): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  if (free >= disk) return
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`
  const message = `${title} takes about ${gigabytes(disk)}, but ${folder} has ${gigabytes(free)} free.`
  throw new AppError('disk/full', message, 'Make room there, or set NETWRIGHT_HOME to a folder on a larger disk.')
}

/** Make an environment and have its pip fetch the package, with all that it needs. */
async function fetchInto(part: string, python: string, wanted: Package, options: InstallOptions): Promise<void> {
  const { say, signal } = options
  let progress = START
  let words = 'it said nothing.'
  const tell = (next: InstallProgress) => {
    if (next !== progress) options.progress?.((progress = next))
  }
  const line = (text: string) => {
    if (!isTick(text)) say(text)
    // Of several errors the first is the cause; without one, what was said last is the nearest.
    if (!words.startsWith('ERROR') && text.trim() !== '') words = text.trim().slice(0, MOST_WORDS)
    tell(afterLine(progress, text))
  }
  const needed = async (command: string, args: readonly string[], hint: string) => {
    const code = await run(command, args, { line, signal })
    if (signal?.aborted) throw failed('The installation was stopped.', 'Nothing of it was kept.')
    if (code !== 0) throw failed(`Installing TensorFlow failed at ${args.slice(0, 3).join(' ')}: ${words}`, hint)
  }
  options.progress?.(START)
  await needed(python, ['-m', 'venv', part], 'On Debian and Ubuntu install the package python3-venv.')
  const inside = join(part, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check']
  // An old pip fetches as well, it only says less: where a new one cannot be had, go on with it.
  if (!(await tells(inside, signal))) await run(inside, [...pip, '--quiet', '--upgrade', 'pip'], { line: say, signal })
  const bar = ['--progress-bar', (await tells(inside, signal)) ? 'raw' : 'off']
  const hint = 'It takes the network; the log above has all that pip said.'
  tell({ ...progress, step: 'download' })
  await needed(inside, [...pip, ...bar, wanted.requirement], hint)
}

/** True for a pip that can print its progress as numbers. */
async function tells(python: string, signal: AbortSignal | undefined): Promise<boolean> {
  let version: readonly number[] = []
  const line = (text: string) => {
    const [, major, minor] = /^pip (\d+)\.(\d+)/.exec(text) ?? []
    if (minor !== undefined) version = [Number(major), Number(minor)]
  }
  await run(python, ['-m', 'pip', '--version'], { line, signal })
  const [major = 0, minor = 0] = version
  return major > TELLING_PIP[0] || (major === TELLING_PIP[0] && minor >= TELLING_PIP[1])
}

function failed(message: string, hint: string): AppError {
  return new AppError('device/unavailable', message, hint)
}
