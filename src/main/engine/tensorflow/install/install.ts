import { existsSync } from 'node:fs'
import { mkdir, rm, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { engineOfBuild, type EngineBuild, type EngineName, type InstallProgress } from '../../../../shared/engine.js'
import { AppError } from '../../../../shared/errors.js'
import { diskError } from '../../../storage/disk-error.js'
import { replaceWith } from '../../../storage/replace.js'
import { sweepTemporary, temporaryBeside } from '../../../storage/temporary.js'
import { engineFolder, libraryIn, type TensorFlowLibrary } from '../library.js'
import { packagesFor, type Package } from './offers.js'
import { afterLine, isTick, START } from './pip-progress.js'
import { findPython } from './python.js'
import { Log } from './reason.js'
import { run } from './run.js'

/** Which build goes where, and who hears of it. */
export interface InstallOptions {
  readonly home: string
  readonly build: EngineBuild
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

/**
 * Get TensorFlow by pip into an environment of our own below `home`, in place of one of the same engine; takes minutes. Throws
 * `device/unavailable` with what to do; an environment that is there stays as it is then.
 */
export async function installTensorFlow(options: InstallOptions): Promise<TensorFlowLibrary> {
  const { home, build } = options
  const wanted = packageFor(build)
  const python = await findPython(wanted, options.pythons)
  const folder = engineFolder(home, engineOfBuild(build))
  const part = temporaryBeside(folder)
  await mkdir(dirname(part), { recursive: true }).catch((error: unknown) => {
    throw diskError(error, dirname(part))
  })
  // What an installation left whose process was killed, before the room is measured.
  await sweepTemporary(dirname(part), 0)
  await refuseFull(dirname(part), wanted)
  try {
    await fetchInto(part, python.command, wanted, options)
    if (!libraryIn(part, '')) throw failed('The package came without the library.', 'Choose the device onnx-cpu.')
    await replaceWith(part, folder)
    return libraryIn(folder, 'Netwright’s own') as TensorFlowLibrary
  } finally {
    await rm(part, { recursive: true, force: true })
  }
}

/** Delete what `installTensorFlow` made of an engine; false if there was nothing. */
export async function removeTensorFlow(home: string, engine: EngineName): Promise<boolean> {
  const folder = engineFolder(home, engine)
  const there = existsSync(folder)
  await rm(folder, { recursive: true, force: true })
  return there
}

function packageFor(build: EngineBuild): Package {
  const packages = packagesFor(process.platform, process.arch)
  const found = packages.find((one) => one.build === build)
  if (found) return found
  const what = `There is no TensorFlow with ${build === 'cuda' ? 'CUDA' : 'OpenMP'} for ${process.platform} on ${process.arch}`
  throw failed(`${what}.`, 'Install the usual one: netwright engine install.')
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
  const log = new Log()
  // Beside the environment: there is room there, which a folder for temporary files may lack, and it goes with it.
  const temporary = join(part, 'tmp')
  const tell = (next: InstallProgress) => {
    if (next !== progress) options.progress?.((progress = next))
  }
  const line = (text: string) => {
    if (!isTick(text)) {
      say(text)
      log.add(text)
    }
    tell(afterLine(progress, text))
  }
  const needed = async (command: string, args: readonly string[], hint: string) => {
    const code = await run(command, args, { line, signal, temporary })
    if (signal?.aborted) throw failed('The installation was stopped.', 'Nothing of it was kept.')
    if (code !== 0) throw log.failure(args.slice(0, 3).join(' '), dirname(part), hint)
  }
  options.progress?.(START)
  await mkdir(temporary, { recursive: true })
  await needed(python, ['-m', 'venv', part], 'On Debian and Ubuntu install the package python3-venv.')
  const inside = join(part, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check']
  // An old pip fetches as well, it only says less: where a new one cannot be had, go on with it.
  if (!(await tells(inside, signal))) await run(inside, [...pip, '--quiet', '--upgrade', 'pip'], { line: say, signal })
  const bar = ['--progress-bar', (await tells(inside, signal)) ? 'raw' : 'off']
  const hint = 'It takes the network; the log above has all that pip said.'
  tell({ ...progress, step: 'download' })
  await needed(inside, [...pip, ...bar, wanted.requirement], hint)
  await rm(temporary, { recursive: true, force: true })
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
