// Time and memory of a training step on each runtime, bare and in the trainer, beside PyTorch, Keras and tfjs-node: [net[@batch] …] [--only runtime,…] [--seconds n]
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bundle } from './parts/bundle.mjs'
import { tfjsAddon } from './parts/tfjs-addon.mjs'
import { worker } from './parts/worker.mjs'

const ROOT = resolve(import.meta.dirname, '../..')
const NETS = [
  'cifar-resnet-20@32',
  'cifar-resnet-20@128',
  'cifar-resnet-56@128',
  'resnet-50@16',
  'googlenet@16',
  'mobilenet-v2@16',
]
/** Memory that was freed is kept instead of going back to the system at once: glibc's malloc as large nets want it. */
const TUNED = { MALLOC_MMAP_MAX_: '0', MALLOC_TRIM_THRESHOLD_: '17179869184', MALLOC_TOP_PAD_: '67108864' }

const python = join(ROOT, '.venv-judges', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
const part = (name) => join(import.meta.dirname, 'parts', name)
const built = (name) => bundle(`test/bench/parts/${name}.ts`)
const ours = (name, device, env) => async (net, batch) =>
  worker(process.execPath, [await built(name), net, batch, device], env)
const theirs = (module, file, env) => (net, batch) =>
  has(module) ? worker(python, [part(file), net, batch], env) : undefined

/** How each is started; one that is not there is left out. */
const RUNTIMES = {
  onnx: ours('engine-steps', 'onnx-cpu'),
  tensorflow: ours('engine-steps', 'tensorflow-cpu'),
  // As Intel built it, where `node scripts/older-tensorflow.mjs` has fetched it.
  'tensorflow-openmp': existsSync(join(ROOT, '.tensorflow-older/2.14.0-openmp'))
    ? ours('engine-steps', 'tensorflow-openmp')
    : () => undefined,
  // The same with all that the trainer does around a step.
  'onnx-trainer': ours('trainer-steps', 'onnx-cpu'),
  'tensorflow-trainer': ours('trainer-steps', 'tensorflow-cpu'),
  torch: theirs('torch', 'torch_steps.py'),
  'torch-tuned': theirs('torch', 'torch_steps.py', TUNED),
  keras: theirs('keras', 'keras_steps.py'),
  'tfjs-node': eager,
}
/** What is compared with what, and how much it may be at most, if anything is asked for. */
const RATIOS = [
  ['onnx', ['torch'], (net) => (net.startsWith('cifar') ? 1.8 : 1.2)],
  ['tensorflow', ['torch', 'torch-tuned'], () => 1],
  ['tensorflow', ['keras'], () => 0.8],
  ['tensorflow-openmp', ['torch', 'torch-tuned'], () => 1],
  ['tensorflow-openmp', ['keras'], () => 0.8],
  ['tensorflow-auto', ['torch', 'torch-tuned'], () => 1],
  ['tensorflow-auto', ['keras'], () => 0.8],
  ['onnx-trainer', ['onnx']],
  ['tensorflow-trainer', ['tensorflow']],
  ['tfjs-node', ['tensorflow']],
]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, seconds: { type: 'string', default: '8' } },
})
const wanted = positionals.length === 0 ? NETS : positionals.map(complete)
const names = Object.keys(RUNTIMES).filter((name) => !values.only || values.only.split(',').includes(name))
const collected = RATIOS.map(() => [])
for (const net of wanted) await measure(net)
report(RATIOS.map(([name, others], i) => [name, others, collected[i]]).filter(([, , ratios]) => ratios.length > 1))

/** A net is named with or without its batch. */
function complete(name) {
  const known = NETS.find((net) => net === name) ?? NETS.find((net) => net.split('@')[0] === name)
  if (!known && !name.includes('@')) throw new Error(`There is no net ${name}. There are: ${NETS.join(', ')}.`)
  return known ?? name
}

/** tf.layers by tfjs-node; one line why not, where it cannot be built. */
async function eager(net, batch) {
  try {
    return await worker(process.execPath, [await built('tfjs-steps'), net, batch, tfjsAddon(python)])
  } catch (error) {
    console.log(`tfjs-node is left out: ${error.message}.`)
    return undefined
  }
}

async function measure(net) {
  const [name, batch] = net.split('@')
  const runners = {}
  for (const runtime of names) {
    const runner = await RUNTIMES[runtime](name, batch)
    if (runner) runners[runtime] = { ...runner, times: [] }
  }
  const sizes = new Set(Object.values(runners).map(({ hello }) => hello.trainable))
  if (sizes.size > 1) throw new Error(`The nets differ in size: ${[...sizes].join(', ')} weights.`)
  await turns(runners)
  const machine = `${availableParallelism()} threads, load ${loadavg()[0].toFixed(1)}`
  console.log(`\n${name}, batch ${batch}, ${[...sizes]} weights, ${machine}: median (fastest) in ms, peak memory in MB`)
  for (const [runtime, { times, memory }] of Object.entries(runners)) {
    const [middle, least] = [median(times), Math.min(...times)].map((time) => time.toFixed(1))
    console.log(
      `  ${runtime.padEnd(18)} ${middle.padStart(8)}  (${least})  ${memory() ?? '?'} MB  ${times.length} steps`,
    )
  }
  compare(name, { ...runners, ...automatic(runners) })
  for (const { end } of Object.values(runners)) end()
}

/**
 * Taking turns, so that whatever else the machine does falls on all; the first turns warm up. A runtime that dies, as
 * tfjs-node does of ResNet-50 where memory is short, is named and left out; the others go on.
 */
async function turns(runners) {
  const ask = async (runtime, steps) => {
    try {
      return (await runners[runtime].ask(steps)).times
    } catch (error) {
      console.log(`${runtime} is left out: ${error.message}`)
      delete runners[runtime]
      return []
    }
  }
  for (const [runtime, runner] of Object.entries(runners)) runner.first = (await ask(runtime, 5)).slice(1)
  const budget = Number(values.seconds) * 1000
  const enough = ({ times }) => times.length >= 4 && times.reduce((a, b) => a + b, 0) >= budget
  while (!Object.values(runners).every(enough)) {
    for (const [runtime, { times }] of Object.entries(runners)) {
      const share = times.length === 0 ? 2 : Math.max(1, Math.min(5, Math.floor(500 / median(times))))
      times.push(...(await ask(runtime, share)))
    }
  }
}

/** The engine of TensorFlow that Auto would take: by its first steps, and the one with OpenMP where it is faster by a twentieth. */
function automatic(runners) {
  const { tensorflow, 'tensorflow-openmp': openMp } = runners
  if (!tensorflow || !openMp) return {}
  const [usual, other] = [tensorflow, openMp].map(({ first }) => first.reduce((a, b) => a + b, 0) / first.length)
  const chosen = usual > 1.05 * other ? openMp : tensorflow
  console.log(
    `  tensorflow-auto is ${chosen === openMp ? 'with OpenMP' : 'the usual one'}: ${usual.toFixed(1)} and ${other.toFixed(1)} ms at first`,
  )
  return { 'tensorflow-auto': chosen }
}

function compare(net, runners) {
  RATIOS.forEach(([name, others, limit], i) => {
    const rivals = others.flatMap((other) => (runners[other] ? [runners[other]] : []))
    if (!runners[name] || rivals.length === 0) return
    const [least, middle] = [(all) => Math.min(...all), median].map(
      (of) => of(runners[name].times) / Math.min(...rivals.map(({ times }) => of(times))),
    )
    collected[i].push(middle)
    const most = limit?.(net)
    const verdict = most === undefined ? '' : `, limit ${most}: ${middle <= most ? 'met' : 'missed'}`
    console.log(`  ${name} / ${others.join(' or ')} = ${middle.toFixed(2)} (fastest ${least.toFixed(2)})${verdict}`)
  })
}

function report(rows) {
  if (rows.length > 0) console.log('\nGeometric means over the nets:')
  for (const [name, others, ratios] of rows) {
    const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length)
    console.log(`  ${name} / ${others.join(' or ')} = ${mean.toFixed(2)} over ${ratios.length} nets`)
  }
}

function median(times) {
  return times.toSorted((a, b) => a - b)[times.length >> 1]
}

function has(module) {
  return existsSync(python) && spawnSync(python, ['-c', `import ${module}`]).status === 0
}
