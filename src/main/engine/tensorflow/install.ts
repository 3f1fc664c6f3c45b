import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../../shared/errors.js'
import { engineFolder, libraryIn, type TensorFlowLibrary } from './library.js'

/** The version our tests run with. */
const VERSION = '2.21.0'

export interface InstallOptions {
  readonly home: string
  /** Take the package with CUDA, for NVIDIA cards; several gigabytes. */
  readonly gpu: boolean
  /** Hears what pip and Python print. */
  readonly say: (text: string) => void
  /** Ends the installation; nothing of it is kept. */
  readonly signal?: AbortSignal
  /** Commands to try for Python, in this order. */
  readonly pythons?: readonly string[]
}

/**
 * Get TensorFlow by pip into an environment of our own below `home`, in place of one that is there; takes minutes. Throws
 * `device/unavailable` with what to do; an environment that is there stays as it is then.
 */
export async function installTensorFlow(options: InstallOptions): Promise<TensorFlowLibrary> {
  const { home, gpu } = options
  const name = packageName(process.platform, gpu)
  const python = await findPython(options)
  const folder = engineFolder(home)
  const part = `${folder}.part`
  await rm(part, { recursive: true, force: true })
  await mkdir(dirname(part), { recursive: true })
  try {
    await needed(options, python, ['-m', 'venv', part], 'On Debian and Ubuntu install the package python3-venv.')
    const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--progress-bar', 'off', `${name}==${VERSION}`]
    const inside = join(part, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
    await needed(
      options,
      inside,
      pip,
      'The lines above say why; it takes the network, 2 GB of disk and Python 3.10 to 3.13.',
    )
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

function packageName(platform: NodeJS.Platform, gpu: boolean): string {
  if (platform === 'win32') {
    const hint = 'Unpack the C package of TensorFlow and set NETWRIGHT_TENSORFLOW to its folder lib.'
    throw failed('TensorFlow’s Python package for Windows has no library that Netwright can use.', hint)
  }
  if (platform === 'darwin' && gpu) throw failed('TensorFlow has no CUDA on a Mac.', 'Install it without --gpu.')
  if (gpu) return 'tensorflow[and-cuda]'
  return platform === 'darwin' ? 'tensorflow' : 'tensorflow-cpu'
}

async function findPython(options: InstallOptions): Promise<string> {
  const script = 'import sys; sys.exit(sys.version_info < (3, 10))'
  for (const python of options.pythons ?? ['python3', 'python']) {
    if ((await run({ ...options, say: () => undefined }, python, ['-c', script])) === 0) return python
  }
  throw failed(
    'There is no Python 3.10 or newer on the path.',
    'Install Python from python.org or your system’s packages.',
  )
}

async function needed(options: InstallOptions, command: string, args: readonly string[], hint: string): Promise<void> {
  const code = await run(options, command, args)
  if (options.signal?.aborted) throw failed('The installation was stopped.', 'Nothing of it was kept.')
  if (code !== 0) throw failed(`Installing TensorFlow failed at ${args.slice(0, 3).join(' ')}.`, hint)
}

/** Exit code of a command; undefined if it cannot be started or was stopped. */
function run({ say, signal }: InstallOptions, command: string, args: readonly string[]): Promise<number | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...(signal && { signal }),
    })
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', say)
    child.on('error', () => resolve(undefined))
    child.on('close', (code) => resolve(code ?? undefined))
  })
}

function failed(message: string, hint: string): AppError {
  return new AppError('device/unavailable', message, hint)
}
