// A Python of the project's own for the judges: libraries that tests and benches compare us with. Nothing else needs it.
//   node scripts/python.mjs          packages of the tests' judges (about 1.7 GB)
//   node scripts/python.mjs torch    PyTorch as well, for `npm run bench` (about 5 GB)
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, say } from './shared.mjs'

const FOLDER = join(ROOT, '.venv-judges')
const WINDOWS = process.platform === 'win32'
const PYTHON = join(FOLDER, WINDOWS ? 'Scripts/python.exe' : 'bin/python')

const PACKAGES = {
  judges: ['tensorflow-cpu==2.21.0', 'onnx==1.23.2', 'onnxruntime==1.32.0', 'safetensors==0.8.0'],
  torch: ['torch==2.15.0', 'numpy'],
}

/** Make the environment and install one set of packages, unless it is there already; false, with words, if that fails. */
export function setUpPython(set = 'judges') {
  const packages = PACKAGES[set]
  if (!packages) return fail(`There is no set of packages ${set}; there are ${Object.keys(PACKAGES).join(' and ')}.`)
  if (!existsSync(PYTHON) && !makeEnvironment()) return false
  if (installed(packages)) return true
  say(`Installing ${packages.join(', ')} into .venv-judges …`)
  const { status } = spawnSync(
    PYTHON,
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages],
    {
      stdio: ['ignore', process.stderr.fd, process.stderr.fd],
    },
  )
  return (
    status === 0 || fail('pip could not install them; the messages above say why. Tests that need them are skipped.')
  )
}

function makeEnvironment() {
  const found = (WINDOWS ? ['py', 'python'] : ['python3', 'python']).find((name) => works(name))
  if (!found) return fail('There is no Python 3.10 or newer on the path. Tests and benches that need it are skipped.')
  const { status } = spawnSync(found, ['-m', 'venv', FOLDER], {
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
  })
  return status === 0 || fail(`${found} -m venv failed; Debian and Ubuntu have it in the package python3-venv.`)
}

function works(name) {
  return spawnSync(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status === 0
}

/** True if every package is there in the version asked for. */
function installed(packages) {
  const script = [
    'import sys, importlib.metadata as m',
    'def has(r):',
    '    name, _, version = r.partition("==")',
    '    try: return m.version(name) == version or version == ""',
    '    except m.PackageNotFoundError: return False',
    'sys.exit(not all(map(has, sys.argv[1:])))',
  ].join('\n')
  return spawnSync(PYTHON, ['-c', script, ...packages]).status === 0
}

function fail(words) {
  say(words)
  return false
}

if (process.argv[1] === import.meta.filename) process.exitCode = setUpPython(process.argv[2]) ? 0 : 1
