import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { LICENCES } from '../../src/shared/licences.js'

/** Licences that let the app be given away with its parts; a new one is a decision, not an accident. */
const ACCEPTED = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'EPL-2.0',
  'LGPL-3.0-or-later',
  '(MIT OR CC0-1.0)',
  '(Apache-2.0 AND BSD-3-Clause)',
  'Apache-2.0 AND MIT',
  'Apache-2.0 AND LGPL-3.0-or-later',
  'Apache-2.0 AND LGPL-3.0-or-later AND MIT',
])

it('names what the sources import and load, as it is now', () => {
  const script = fileURLToPath(new URL('../../scripts/licences.mjs', import.meta.url))
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
})

it('ships only under licences that allow it', () => {
  expect(LICENCES.filter(([, , licence]) => !ACCEPTED.has(licence))).toEqual([])
  const names = new Set(LICENCES.map(([name]) => name))
  const expected = ['electron', 'onnxruntime-node', 'sharp', 'koffi', 'react', '@tensorflow/tfjs-core']
  expect(expected.filter((name) => !names.has(name))).toEqual([])
  console.log(`cases=${LICENCES.length}`)
})
