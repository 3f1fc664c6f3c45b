import { mkdir, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createExports } from '../../../src/main/services/exports.js'
import { scriptedLauncher } from '../../contract/scripted-launcher.js'
import { temporaryHome } from '../../contract/home.js'

it('hands files to a browser, and says where to copy those from that are too large for it', async () => {
  const folders = await temporaryHome()
  const runsFolder = join(folders.home, 'runs')
  const folder = join(runsFolder, 'run-1', 'exports', 'onnx')
  await mkdir(folder, { recursive: true })
  const exports = createExports({ runsFolder, launcher: scriptedLauncher({}) })
  await writeFile(join(folder, 'small.onnx'), 'bytes')
  expect(await exports.read('run-1', 'onnx', 'small.onnx')).toEqual({ base64: Buffer.from('bytes').toString('base64') })
  await writeFile(join(folder, 'large.onnx'), '')
  await truncate(join(folder, 'large.onnx'), 256 * 2 ** 20 + 1)
  await expect(exports.read('run-1', 'onnx', 'large.onnx')).rejects.toMatchObject({
    code: 'file/refused',
    message: 'large.onnx has 268435457 bytes; at most 268435456 are handed to a browser.',
    hint: `Copy it from ${folder}`,
  })
  await folders.remove()
})
