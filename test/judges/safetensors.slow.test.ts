import { createHash } from 'node:crypto'
import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSafetensors } from '../../src/main/models/safetensors.js'
import { train } from '../../src/main/trainer/jobs/train.js'
import { recorder, tinyData, tinyDocument, tinySettings } from '../main/trainer/tiny.js'
import { judgesPython, runJudge } from './python.js'

interface Verdict {
  readonly judge: string
  readonly tensors: Readonly<Record<string, { dtype: string; shape: readonly number[]; sha256: string }>>
}

it('a checkpoint and the weights of a run are what Python’s safetensors reads, byte for byte', async () => {
  const python = await judgesPython('safetensors', 'numpy')
  if (!python) return
  const folder = await mkdtemp(join(tmpdir(), 'safetensors-'))
  const settings = tinySettings(await tinyData(), { optimizer: 'adam', averageDecay: 0.9, microBatches: 2, steps: 3 })
  await train({ kind: 'train', document: tinyDocument(), settings, folder }, recorder())
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.safetensors'))
  const roles = new Set<string>()
  let cases = 0
  for (const file of files) {
    const path = join(folder, file)
    const { tensors } = await readSafetensors(path)
    const ours = [...tensors].map(([name, { shape, data }]) => {
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      return [name, { dtype: 'float32', shape, sha256: createHash('sha256').update(bytes).digest('hex') }] as const
    })
    const verdict = (await runJudge(python, './safetensors_files.py', [path])) as Verdict
    expect(verdict.tensors, file).toEqual(Object.fromEntries(ours))
    for (const [name] of ours) roles.add(name.slice(name.lastIndexOf('/') + 1))
    cases += ours.length
  }
  expect(files).toContain(join('checkpoints', 'ck-3', 'state.safetensors'))
  const kept = [
    'kernel',
    'bias',
    'gamma',
    'moving_mean',
    'adam_m',
    'adam_v',
    'average',
    'gradient_sum',
    'adam_correction1',
  ]
  expect([...roles]).toEqual(expect.arrayContaining(kept))
  console.log(`cases=${cases} files=${files.length}`)
})
