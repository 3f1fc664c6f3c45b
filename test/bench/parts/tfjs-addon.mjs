import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

const OUT = resolve(import.meta.dirname, '../../../out/bench')

/**
 * The native part of tfjs-node, built against the TensorFlow of a Python, whose headers and library its package has; the same
 * library as our own runtime's, so that only the way to it differs. Throws in one sentence if it cannot be built here.
 */
export function tfjsAddon(python) {
  if (process.platform === 'win32') throw new Error('it is built with g++, which is not looked for on Windows')
  const tensorflow = tensorflowOf(python)
  const libraries = ['libtensorflow_cc.', 'libtensorflow_framework.'].map((name) =>
    join(tensorflow, readdirSync(tensorflow).find((file) => file.startsWith(name)) ?? name),
  )
  const sources = join(packageFolder(), 'binding')
  // Another TensorFlow, or another version of the package, is another name.
  const built = join(OUT, `tfjs_binding-${wordFor([...libraries, join(sources, 'tfjs_backend.cc')])}.node`)
  if (existsSync(built)) return built
  const headers = join(dirname(process.execPath), '../include/node')
  if (!existsSync(join(headers, 'node_api.h'))) throw new Error(`the headers of Node are not in ${headers}`)
  mkdirSync(OUT, { recursive: true })
  for (const old of readdirSync(OUT).filter((name) => name.startsWith('tfjs_binding'))) rmSync(join(OUT, old))
  compile(`${built}.part`, { sources, headers, tensorflow, libraries })
  renameSync(`${built}.part`, built)
  return built
}

/** One word for files as they are now: their places, sizes and times. */
function wordFor(files) {
  const facts = files.map((file) => [file, statSync(file).size, statSync(file).mtimeMs])
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 12)
}

function compile(output, { sources, headers, tensorflow, libraries }) {
  const { status, stderr, error } = spawnSync(
    'g++',
    [
      ...['-shared', '-fPIC', '-O2', '-std=c++17', '-w', '-DNAPI_VERSION=8'],
      ...[`-I${headers}`, `-I${join(tensorflow, 'include')}`, `-I${sources}`],
      ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(sources, file)),
      ...libraries,
      ...[`-Wl,-rpath,${tensorflow}`, '-o', output],
      ...(process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : []),
    ],
    { encoding: 'utf8' },
  )
  if (error) throw new Error(`there is no compiler g++ (${error.message})`)
  if (status !== 0) throw new Error(`g++ says: ${stderr.split('\n').find((line) => line.includes('error')) ?? stderr}`)
}

function packageFolder() {
  try {
    return dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json'))
  } catch {
    throw new Error('the optional package @tensorflow/tfjs-node-gpu is not installed')
  }
}

function tensorflowOf(python) {
  const ask = 'import importlib.util as u; print(u.find_spec("tensorflow").submodule_search_locations[0])'
  const { status, stdout } = spawnSync(python, ['-c', ask], { encoding: 'utf8' })
  if (status !== 0) throw new Error('there is no Python with TensorFlow in .venv-judges')
  return stdout.trim()
}
