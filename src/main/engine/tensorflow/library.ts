import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { EngineName } from '../../../shared/engine.js'
import { AppError } from '../../../shared/errors.js'
import { homeFolder } from '../../storage/home.js'
import { faultOf } from './library-file.js'
import { PYTHON_MODULE } from './python-module.js'

/** TensorFlow's C library on this computer. */
export interface TensorFlowLibrary {
  /** The file with the C interface. */
  readonly path: string
  /** Files that must be loaded before it, in this order. */
  readonly needs: readonly string[]
  /** As the folder beside it says; missing for a library that is no Python package. */
  readonly version?: string
  /** Who brought it, for people: `Netwright’s own`, `Python on the path`. */
  readonly source: string
}

/** A library, or why there is none and how to get one. */
export type LibrarySearch =
  | { readonly library: TensorFlowLibrary }
  | { readonly library?: undefined; readonly message: string; readonly hint: string }

/** File names by platform: of the Python packages first, then of the C package that tfjs-node brings. */
const NAMES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  linux: [
    ['libtensorflow_framework.so.2', 'libtensorflow_cc.so.2'],
    ['libtensorflow_framework.so.2', 'libtensorflow.so.2'],
    // Up to 2.11.
    ['libtensorflow_framework.so.2', join('python', PYTHON_MODULE)],
  ],
  darwin: [
    ['libtensorflow_framework.2.dylib', 'libtensorflow_cc.2.dylib'],
    ['libtensorflow_framework.2.dylib', 'libtensorflow.2.dylib'],
  ],
  win32: [['tensorflow.dll']],
}

/** What is said where an engine is not here. */
const MISSING: Readonly<Record<EngineName, { readonly message: string; readonly hint: string }>> = {
  tensorflow: {
    message: 'TensorFlow is not installed.',
    hint: 'Get it with “Fast engine…” in the main menu or "netwright engine install"; for a TensorFlow of your own set NETWRIGHT_TENSORFLOW to the folder of its library.',
  },
  'tensorflow-openmp': {
    message: 'TensorFlow with OpenMP is not installed.',
    hint: 'Get it with “Fast engine…” in the main menu or "netwright engine install --openmp", or choose another device.',
  },
}

/** Milliseconds that a Python on the path may take to say where its TensorFlow is. */
const PYTHON_LIMIT = 5000

/** Folder of the Python environments that `netwright engine install` makes. */
export function enginesFolder(home: string = homeFolder()): string {
  return join(home, 'engines')
}

/** The environment of one engine. */
export function engineFolder(home: string | undefined, engine: EngineName): string {
  return join(enginesFolder(home), engine)
}

/** The variable that names the user's own library of an engine. */
export function variableOf(engine: EngineName): string {
  return `NETWRIGHT_${engine.toUpperCase().replace('-', '_')}`
}

/** Search in order of preference: the user's choice, our own, the project's, tfjs-node's, a Python's on the path. */
export function findTensorFlow(
  engine: EngineName,
  environment: NodeJS.ProcessEnv = process.env,
  home?: string,
): LibrarySearch {
  const variable = variableOf(engine)
  const chosen = environment[variable]
  if (chosen) {
    const library = libraryIn(chosen, variable)
    const message = `${variable} names ${chosen}, where there is no TensorFlow library.`
    return library ? { library } : { message, hint: 'Name the folder that holds libtensorflow, or unset it.' }
  }
  for (const [source, folders] of PLACES[engine](environment, home)) {
    for (const folder of folders()) {
      const library = libraryIn(folder, source)
      if (library) return { library }
    }
  }
  return MISSING[engine]
}

const found = new Map<EngineName, LibrarySearch>()

/** The library of an engine, searched for once in a process; `device/unavailable` if there is none. */
export function requireTensorFlow(engine: EngineName): TensorFlowLibrary {
  const search = found.get(engine) ?? findTensorFlow(engine)
  found.set(engine, search)
  if (search.library) return search.library
  throw new AppError('device/unavailable', search.message, search.hint)
}

/** The library in a folder, or in the `tensorflow` folder of a package or environment. */
export function libraryIn(folder: string, source: string): TensorFlowLibrary | undefined {
  const inside = [folder, ...packageFolders(folder)]
  for (const place of inside) {
    for (const names of NAMES[process.platform] ?? []) {
      const files = names.map((name) => join(place, name))
      if (!files.every((file) => existsSync(file))) continue
      const version = versionBeside(place)
      return { path: files.at(-1) as string, needs: files.slice(0, -1), source, ...(version && { version }) }
    }
  }
  return undefined
}

/** Why one of the files of a library cannot be loaded here, as far as their headers tell; `undefined` if nothing speaks against it. */
export function faultIn({ path, needs }: TensorFlowLibrary): string | undefined {
  return [...needs, path].map((file) => faultOf(file)).find((fault) => fault !== undefined)
}

type Places = readonly (readonly [source: string, folders: () => readonly string[]])[]

/** Where an engine may be, the likeliest first. */
const PLACES: Readonly<Record<EngineName, (environment: NodeJS.ProcessEnv, home?: string) => Places>> = {
  tensorflow: (environment, home) => [
    ['Netwright’s own', () => [engineFolder(home, 'tensorflow')]],
    ['the project’s', () => above('.venv-judges')],
    ['tfjs-node’s', () => NODES.flatMap(above)],
    ['Python’s on the path', () => pythonFolders(environment)],
  ],
  'tensorflow-openmp': (_, home) => [
    ['Netwright’s own', () => [engineFolder(home, 'tensorflow-openmp')]],
    ['the project’s', () => above(join('.tensorflow-older', '2.14.0-openmp'))],
  ],
}

const NODES = ['tfjs-node-gpu', 'tfjs-node'].map((name) => join('node_modules', '@tensorflow', name, 'deps', 'lib'))

/** A path below each folder above this file, the nearest first. */
function above(path: string): readonly string[] {
  return ancestors(import.meta.dirname).map((folder) => join(folder, path))
}

/** Where Pythons on the path would import TensorFlow from; nothing is imported. */
function pythonFolders(environment: NodeJS.ProcessEnv): string[] {
  const script = 'import importlib.util as u; s = u.find_spec("tensorflow"); print(s.submodule_search_locations[0])'
  return ['python3', 'python'].flatMap((python) => {
    const { status, stdout } = spawnSync(python, ['-c', script], {
      env: environment,
      timeout: PYTHON_LIMIT,
      encoding: 'utf8',
      windowsHide: true,
    })
    return status === 0 ? [stdout.trim()] : []
  })
}

/** The `tensorflow` folders of a Python environment. */
function packageFolders(environment: string): string[] {
  const lib = join(environment, 'lib')
  const pythons = list(lib).filter((name) => name.startsWith('python'))
  const sites = [...pythons.map((name) => join(lib, name)), join(environment, 'Lib')]
  return [join(environment, 'tensorflow'), lib, ...sites.map((site) => join(site, 'site-packages', 'tensorflow'))]
}

function versionBeside(folder: string): string | undefined {
  const names = list(dirname(folder)).map(
    (name) => /^(?:intel_)?tensorflow(?:_\w+)?-([\d.]+)[^/]*\.dist-info$/.exec(name)?.[1],
  )
  return names.find((version) => version !== undefined)
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function ancestors(folder: string): string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...ancestors(above)]
}
