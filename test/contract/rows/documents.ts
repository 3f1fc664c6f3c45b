import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { DEFAULT_SETTINGS } from '../../../src/shared/training/settings.js'
import { CHOSEN } from '../scripted-launcher.js'
import { BLOCK, DEVICES, NEED, NET, SUMMARY, type Rows } from './world.js'

export const documentRows: Rows<'app' | 'documents' | 'library' | 'files' | 'data' | 'devices'> = {
  async 'app.info'(api, { home }) {
    expect(await api.app.info()).toEqual({ version: '9.9', shell: 'host', home })
  },
  async 'app.opened'(api, { desk, home }) {
    expect(await api.app.opened()).toEqual([])
    const file = join(home, 'net.netwright')
    await writeFile(file, '{}')
    await desk.open([file, `${file}.gone`])
    expect(await api.app.opened()).toEqual([
      { name: 'net.netwright', text: '{}' },
      { name: 'net.netwright.gone', error: expect.objectContaining({ code: 'file/not-found' }) as unknown },
    ])
    expect(await api.app.opened()).toEqual([])
  },
  async 'documents.list'(api) {
    expect(await api.documents.list()).toEqual([])
    const entry = await api.documents.write('a/b', '{}')
    expect(entry.name).toBe('a-b')
    expect(await api.documents.list()).toEqual([entry])
  },
  async 'documents.read'(api) {
    const { modified } = await api.documents.write('Net', 'text ü')
    expect(await api.documents.read('Net')).toEqual({ text: 'text ü', modified })
    await expect(api.documents.read('Other')).rejects.toMatchObject({ code: 'file/not-found' })
  },
  async 'documents.write'(api, { home }) {
    const first = await api.documents.write('Net', 'one')
    const second = await api.documents.write('Net', 'two', first.modified)
    await writeFile(join(home, 'documents', 'Net.netwright.json'), 'by another program')
    await expect(api.documents.write('Net', 'three', second.modified)).rejects.toMatchObject({ code: 'file/changed' })
    expect((await api.documents.read('Net')).text).toBe('by another program')
    await api.documents.write('Net', 'three')
    expect((await api.documents.read('Net')).text).toBe('three')
  },
  async 'documents.recovered'(api) {
    expect(await api.documents.recovered()).toBe(undefined)
    await api.documents.autosave(['one', 'two'])
    expect(await api.documents.recovered()).toMatchObject({ texts: ['one', 'two'] })
  },
  async 'documents.autosave'(api) {
    await api.documents.autosave(['unsaved'])
    await api.documents.autosave([])
    expect(await api.documents.recovered()).toBe(undefined)
  },
  async 'library.list'(api, { home }) {
    expect(await api.library.list()).toEqual({ blocks: [], damaged: [] })
    await api.library.write(BLOCK)
    await writeFile(join(home, 'blocks', 'broken.netblock'), '{')
    expect(await api.library.list()).toMatchObject({
      blocks: [{ name: 'twin' }],
      damaged: [{ file: 'broken.netblock' }],
    })
  },
  async 'library.read'(api) {
    await api.library.write(BLOCK)
    expect(await api.library.read('twin')).toEqual({ text: BLOCK })
    await expect(api.library.read('other')).rejects.toMatchObject({ code: 'file/not-found' })
  },
  async 'library.write'(api) {
    const entry = { name: 'twin', title: 'Twin', doc: '', inputs: 1, outputs: 1, params: ['N'] }
    expect(await api.library.write(BLOCK)).toEqual(entry)
    expect(await api.library.write(BLOCK)).toEqual(entry)
    const other = BLOCK.replaceAll('"Twin"', '"Another"')
    await expect(api.library.write(other)).rejects.toMatchObject({ code: 'file/exists' })
    expect(await api.library.write(other, true)).toEqual({ ...entry, title: 'Another' })
    await expect(api.library.write(NET)).rejects.toMatchObject({ code: 'document/not-netwright' })
  },
  async 'library.remove'(api) {
    await api.library.write(BLOCK)
    await api.library.remove('twin')
    expect(await api.library.list()).toEqual({ blocks: [], damaged: [] })
    await expect(api.library.remove('twin')).rejects.toMatchObject({ code: 'file/not-found' })
  },
  async 'files.list'(api) {
    expect(await api.files.list('')).toEqual({ path: '', entries: [{ name: 'pictures', kind: 'folder' }] })
    const entries = [
      { name: 'cats', kind: 'folder' },
      { name: 'list.txt', kind: 'file' },
    ]
    expect(await api.files.list('pictures')).toEqual({ path: 'pictures', entries })
    await expect(api.files.list('../..')).rejects.toMatchObject({ code: 'file/refused' })
    await expect(api.files.list('/etc')).rejects.toMatchObject({ code: 'file/refused' })
  },
  async 'data.builtin'(api) {
    const list = await api.data.builtin()
    expect(list.map(({ spec }) => spec)).toEqual(['builtin:fashion-mnist', 'builtin:texture-shapes'])
    expect(Object.keys(list[0]!)).toEqual(['spec', 'title', 'detail'])
  },
  async 'data.describe'(api, { launcher, userHome }) {
    expect(await api.data.describe('pictures', 0.2)).toEqual(SUMMARY)
    const data = join(userHome, 'pictures')
    expect(launcher.jobs).toEqual([{ kind: 'describe', data, validationShare: 0.2, seed: 1 }])
  },
  async 'devices.list'(api) {
    expect(await api.devices.list()).toEqual(DEVICES)
  },
  async 'devices.measure'(api) {
    expect(await api.devices.measure(NET, DEFAULT_SETTINGS)).toEqual({ ...CHOSEN, speeds: [] })
    await expect(api.devices.measure('{}', DEFAULT_SETTINGS)).rejects.toMatchObject({ code: 'document/not-netwright' })
  },
  async 'devices.memory'(api) {
    const { total = 0, free = 0, ...estimate } = await api.devices.memory(NET, DEFAULT_SETTINGS)
    expect(estimate).toEqual({ device: 'onnx-cpu', ...NEED })
    expect(free > 0 && total >= free).toBe(true)
    await expect(api.devices.memory('{}', DEFAULT_SETTINGS)).rejects.toMatchObject({ code: 'document/not-netwright' })
  },
}
