// The libraries of other TensorFlows, for tests that they train as the newest does, and for the bench. Nothing else needs them.
//   node scripts/older-tensorflow.mjs              those that the tests take: about 230 MB each to fetch, 500 MB on the disk
//   node scripts/older-tensorflow.mjs 2.15.1 …     others; 2.13.0-openmp is Intel's build
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, say } from './shared.mjs'

const FOLDER = join(ROOT, '.tensorflow-older')
/**
 * The oldest that Netwright takes, whose interface is a Python module; the first that has a library of its own; and the last
 * that Intel built with OpenMP.
 */
const USUAL = ['2.9.3', '2.12.0', '2.14.0-openmp']

/** Takes the libraries out of a wheel, with the folder that tells the version. */
const UNPACK = `
import sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
parts = ('libtensorflow_framework.so', 'libtensorflow_cc.so', '_pywrap_tensorflow_internal.so', '.dist-info/METADATA',
         '_solib_local/')
wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if any(part in name for part in parts)])
`

/** Get one version unless it is there; false, with words, if that fails. */
function get(version) {
  const place = join(FOLDER, version)
  if (existsSync(place)) return true
  mkdirSync(FOLDER, { recursive: true })
  const part = mkdtempSync(join(FOLDER, '.part-'))
  try {
    say(`Getting TensorFlow ${version} into .tensorflow-older …`)
    const [python, platform] = [pythonOf(version), ['--platform', 'manylinux2014_x86_64']]
    const what = ['--no-deps', '--only-binary=:all:', '--python-version', python, ...platform]
    const args = ['-m', 'pip', 'download', '-q', '--disable-pip-version-check', ...what, '-d', part]
    const [number, openMp] = version.split('-')
    if (!run([...args, `${openMp ? 'intel-tensorflow' : 'tensorflow-cpu'}==${number}`])) return fail(version)
    const [wheel] = readdirSync(part).filter((name) => name.endsWith('.whl'))
    if (!run(['-c', UNPACK, join(part, wheel), join(part, 'unpacked')])) return fail(version)
    renameSync(join(part, 'unpacked'), place)
    return true
  } finally {
    rmSync(part, { recursive: true, force: true })
  }
}

/** A Python that there is a package for; which one does not matter, nothing is run. */
function pythonOf(version) {
  return Number(version.split('.')[1]) >= 16 ? '3.11' : '3.10'
}

function run(args) {
  return spawnSync('python3', args, { stdio: ['ignore', process.stderr.fd, process.stderr.fd] }).status === 0
}

function fail(version) {
  say(`TensorFlow ${version} could not be fetched; the messages above say why. Its tests are skipped.`)
  return false
}

if (process.platform === 'linux' && process.arch === 'x64') {
  const versions = process.argv.length > 2 ? process.argv.slice(2) : USUAL
  process.exitCode = versions.map(get).every(Boolean) ? 0 : 1
} else say('Older TensorFlows are tried on Linux with x64 only.')
