import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type * as Koffi from 'koffi'
import { AppError } from '../../../shared/errors.js'

/** The Python module that holds the C interface of TensorFlow's packages up to 2.11 on Linux. */
export const PYTHON_MODULE = '_pywrap_tensorflow_internal.so'

/** A library of TensorFlow, as far as it matters whether it is such a module. */
interface PythonModule {
  readonly path: string
  readonly version?: string
}

/** Minor versions of Python 3 whose library may stand in for the module's own. */
const MINORS = [13, 12, 11, 10, 9, 8, 7]

/**
 * Load a Python's library into the process for a TensorFlow that is a Python module: the loader wants its names to be there, though
 * none of its code ever runs, hence any Python 3 will do. `device/unavailable` if there is none.
 */
export function loadPythonFor(library: PythonModule, koffi: typeof Koffi): void {
  if (basename(library.path) !== PYTHON_MODULE) return
  const loaded = candidates(library.path).some((file) => {
    try {
      koffi.load(file, { global: true, lazy: true })
      return true
    } catch {
      return false
    }
  })
  if (loaded) return
  const { version = 'before 2.12', path } = library
  const own = minorOf(path)
  const wanted = own === undefined ? 'a Python 3' : `Python 3.${own}`
  throw new AppError(
    'device/unavailable',
    `TensorFlow ${version} in ${path} is a module for Python and needs ${nameOf(own ?? '*')}, which is not here.`,
    `Install the library of ${wanted} from your system’s packages, or a TensorFlow from 2.12 on: netwright engine install.`,
  )
}

/** Files to try: of the module's own environment and of the Python that made it, then what the loader finds by name. */
function candidates(path: string): readonly string[] {
  const own = minorOf(path)
  const names = MINORS.map(nameOf)
  if (own === undefined) return names
  const environment = path.slice(0, path.indexOf(`${join('/lib', `python3.${own}`)}/`))
  const roots = [environment, ...madeBy(environment)]
  return [...roots.map((root) => join(root, 'lib', nameOf(own))), nameOf(own), ...names]
}

function nameOf(minor: number | string): string {
  return `libpython3.${minor}.so.1.0`
}

/** Of the environment that the module lies in: `…/lib/python3.10/site-packages/tensorflow/python/…`. */
function minorOf(path: string): number | undefined {
  const [, minor] = /\/lib\/python3\.(\d+)\//.exec(path) ?? []
  return minor === undefined ? undefined : Number(minor)
}

/** The folder above the programs of the Python that made an environment, which wrote where it is. */
function madeBy(environment: string): readonly string[] {
  try {
    const [, home] = /^home\s*=\s*(.+)$/m.exec(readFileSync(join(environment, 'pyvenv.cfg'), 'utf8')) ?? []
    return home === undefined ? [] : [dirname(home.trim())]
  } catch {
    // No environment of that kind.
    return []
  }
}
