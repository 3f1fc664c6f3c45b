// Time of a training step of ResNet-20: our engine on each runtime, the whole trainer, and PyTorch in turn; ratios to PyTorch.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { bundle } from './parts/bundle.mjs'

const ROOT = resolve(import.meta.dirname, '../..')
const LIMIT = 2.5
const NET = 'cifar-resnet-20'
const [batch = '32', rounds = '12'] = process.argv.slice(2)
const STEPS = 5

const python = join(ROOT, '.venv-judges', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
const steps = await bundle('test/bench/parts/engine-steps.ts')
const ours = await worker(process.execPath, [steps, NET, batch])
// Without its library the process ends before it answers, and has said why.
const tensorflow = await worker(process.execPath, [steps, NET, batch, 'tensorflow-cpu']).catch(() => undefined)
const torch = hasTorch() ? await worker(python, [join(import.meta.dirname, 'parts/torch_steps.py'), batch]) : undefined

// Taking turns, so that whatever else the machine does falls on both.
const times = { ours: [], tensorflow: [], torch: [] }
for (let round = -1; round < Number(rounds); round++) {
  for (const [name, runner] of Object.entries({ ours, tensorflow, torch })) {
    if (!runner) continue
    const { times: measured } = await runner.ask(STEPS)
    if (round >= 0) times[name].push(...measured)
  }
}
ours.end()
tensorflow?.end()
torch?.end()

const machine = `batch ${batch}, ${availableParallelism()} threads, load ${loadavg()[0].toFixed(1)}`
console.log(`${NET}, ${machine}, ${times.ours.length} steps each in turns of ${STEPS}; median (fastest) in ms:`)
report('Netwright, ONNX Runtime', times.ours)
if (tensorflow) report('Netwright, TensorFlow', times.tensorflow)
const whole = trainerTimes()
if (whole) report('Netwright trainer, with data', whole)
if (torch) {
  report('PyTorch, channels last', times.torch)
  const ratio = median(times.ours) / median(times.torch)
  console.log(`ONNX / PyTorch = ${ratio.toFixed(2)} (limit ${LIMIT}; fastest ${fastestRatio(times.ours).toFixed(2)})`)
  if (tensorflow) {
    const fast = median(times.tensorflow) / median(times.torch)
    console.log(`TensorFlow / PyTorch = ${fast.toFixed(2)} (fastest ${fastestRatio(times.tensorflow).toFixed(2)})`)
  }
  if (ours.hello.trainable !== torch.hello.trainable) throw new Error('The two nets differ in size.')
  process.exitCode = ratio <= LIMIT ? 0 : 1
} else {
  console.log('PyTorch is not there to compare with: run node scripts/python.mjs torch')
}

function fastestRatio(measured) {
  return Math.min(...measured) / Math.min(...times.torch)
}

function report(name, measured) {
  console.log(`  ${name.padEnd(30)} ${median(measured).toFixed(1).padStart(7)}  (${Math.min(...measured).toFixed(1)})`)
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1]
}

function hasTorch() {
  return existsSync(python) && spawnSync(python, ['-c', 'import torch']).status === 0
}

/** A process that answers each number of steps with a line of JSON. */
async function worker(command, args) {
  const child = spawn(command, args, { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`${command} ended before it answered.`)
    return JSON.parse(value)
  }
  const hello = await next()
  return {
    hello,
    ask(steps) {
      child.stdin.write(`${steps}\n`)
      return next()
    },
    end: () => child.stdin.end(),
  }
}

/** Step times as the trainer process reports them, if the app has been built. */
function trainerTimes() {
  const cli = join(ROOT, 'out/main/cli.js')
  if (!existsSync(cli)) return undefined
  const home = mkdtempSync(join(tmpdir(), 'netwright-bench-'))
  const netwright = (...args) =>
    spawnSync(process.execPath, [cli, ...args], { env: { ...process.env, NETWRIGHT_HOME: home }, encoding: 'utf8' })
      .stdout
  const file = join(home, 'net.json')
  writeFileSync(file, netwright('new', NET))
  const lines = netwright('train', file, '--data', 'builtin', '--steps', '40', '--batch', batch, '--json')
    .trim()
    .split('\n')
  rmSync(home, { recursive: true })
  const steps = lines.map((line) => JSON.parse(line)).filter(({ type, step }) => type === 'step' && step > 5)
  return steps.length > 0 ? steps.map(({ imagesPerSecond }) => (1000 * Number(batch)) / imagesPerSecond) : undefined
}
