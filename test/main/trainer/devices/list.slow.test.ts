import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { listDevices } from '../../../../src/main/trainer/devices/list.js'
import { forkLauncher } from '../../../../src/main/trainer/launcher.js'

/** ms until a device that does not answer is given up: far more than a process takes to start on a busy computer. */
const LIMIT = 15_000

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'devices-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** A launcher whose children do what is written for their job: real processes, with real crashes and hangs. */
async function childrenThat(answers: Readonly<Record<string, string>>) {
  const entry = join(folder, 'child.cjs')
  await writeFile(
    entry,
    `const answer = (result) => process.send({ type: 'result', result })
     process.on('message', ({ job }) => { switch (job.device ?? job.kind) {
       ${Object.entries(answers)
         .map(([name, code]) => `case '${name}': ${code}; break`)
         .join('\n')}
     } })
     process.send({ type: 'ready' })`,
  )
  return forkLauncher(entry)
}

it('asks each device in a process of its own, so that a crash or a hang is the answer for that device only', async () => {
  const launcher = await childrenThat({
    devices: `answer(['onnx-cpu', 'tensorflow-cpu', 'onnx-webgpu', 'onnx-cuda'])`,
    'onnx-cpu': `answer({ detail: 'A processor.', version: '1.30', memory: 1024 })`,
    'tensorflow-cpu': `console.error('bad instruction'), process.abort()`,
    'onnx-webgpu': `setInterval(() => {}, 1000)`,
    'onnx-cuda': `process.send({ type: 'error', error: { code: 'device/unavailable', message: 'No CUDA.', hint: 'Get it.' } })`,
  })
  const devices = await listDevices(launcher, LIMIT)
  expect(devices).toEqual([
    { name: 'auto', title: 'Automatic', available: true, detail: 'Uses Processor (ONNX Runtime).' },
    {
      name: 'onnx-cpu',
      title: 'Processor (ONNX Runtime)',
      runtime: 'ONNX Runtime',
      available: true,
      detail: 'A processor.',
      version: '1.30',
      memory: 1024,
    },
    {
      name: 'tensorflow-cpu',
      title: 'Processor (TensorFlow)',
      runtime: 'TensorFlow',
      available: false,
      detail: expect.stringMatching(/ended by SIGABRT\. It wrote last:\nbad instruction/) as string,
      hint: expect.any(String) as string,
    },
    {
      name: 'onnx-webgpu',
      title: 'Graphics card (WebGPU)',
      runtime: 'ONNX Runtime',
      available: false,
      detail: 'It gave no answer in 15 s.',
      hint: 'Update its driver, or choose another device.',
    },
    {
      name: 'onnx-cuda',
      title: 'NVIDIA GPU (ONNX Runtime)',
      runtime: 'ONNX Runtime',
      available: false,
      detail: 'No CUDA.',
      hint: 'Get it.',
    },
  ])
  console.log(`cases=${devices.length - 1}`)
})

it('looks at WebAssembly where ONNX Runtime itself breaks down', async () => {
  const launcher = await childrenThat({
    devices: 'process.abort()',
    'tensorflow-cpu': 'process.exit(1)',
    'tensorflow-gpu': 'process.exit(1)',
    'onnx-wasm': `answer({ detail: 'Slow.', version: '1' })`,
  })
  const devices = await listDevices(launcher)
  expect(devices.map(({ name, available }) => [name, available])).toEqual([
    ['auto', true],
    ['tensorflow-cpu', false],
    ['tensorflow-gpu', false],
    ['onnx-wasm', true],
  ])
})
