import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { AppError } from '../../../src/shared/errors.js'
import { runtimeError, tellsOfFullMemory } from '../../../src/main/engine/out-of-memory.js'
import { forkLauncher } from '../../../src/main/trainer/launcher.js'

/** Ends of real processes, and the code that each is reported with. */
const ENDS = [
  ['the system', `process.kill(process.pid, 'SIGKILL')`, 'device/out-of-memory'],
  [
    'a full heap of JavaScript',
    `require('v8').setFlagsFromString('--max-old-space-size=20'); const all = []; for (;;) all.push(new Array(1e5).fill(all.length))`,
    'device/out-of-memory',
  ],
  [
    'a native allocation',
    `console.error("terminate called after throwing an instance of 'std::bad_alloc'"); process.abort()`,
    'device/out-of-memory',
  ],
  ['an array that is too large', `send(new Error('Array buffer allocation failed'))`, 'internal'],
  ['a fault', `process.abort()`, 'trainer/crashed'],
  ['a segmentation fault', `process.kill(process.pid, 'SIGSEGV')`, 'trainer/crashed'],
  ['an early exit', `process.exit(3)`, 'trainer/crashed'],
] as const

it.each(ENDS)('a trainer that %s ends is told by its code', async (_name, code, expected) => {
  const entry = join(await mkdtemp(join(tmpdir(), 'memory-')), 'child.cjs')
  await writeFile(
    entry,
    `const send = ({ message }) => process.send({ type: 'error', error: { code: 'internal', message, hint: '' } })
     process.on('message', () => { ${code} })
     process.send({ type: 'ready' })`,
  )
  await expect(forkLauncher(entry).run({ kind: 'devices' }).result).rejects.toMatchObject({ code: expected })
})

const FULL = [
  'Failed to allocate memory for requested buffer of size 4294967296',
  'std::bad_alloc',
  'OOM when allocating tensor with shape[512,64,224,224]',
  'CUDA_ERROR_OUT_OF_MEMORY: out of memory',
  'Array buffer allocation failed',
  'mmap: Cannot allocate memory',
]
const OTHERS = ['Non-zero status code returned while running Conv node.', 'device lost', 'The memory of a goldfish']

it('knows the words that runtimes have for full memory, and no others', () => {
  expect(FULL.filter((words) => !tellsOfFullMemory(words))).toEqual([])
  expect(OTHERS.filter(tellsOfFullMemory)).toEqual([])
  for (const words of FULL) {
    const error = runtimeError(new Error(words), 'onnx-cpu')
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ code: 'device/out-of-memory', message: expect.stringContaining(words) as string })
  }
  console.log(`cases=${FULL.length + OTHERS.length}`)
})
