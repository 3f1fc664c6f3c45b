// @vitest-environment jsdom
import '../browser.js'
import { beforeEach, expect, it, vi } from 'vitest'
import { addNode } from '../../../src/shared/document/commands.js'
import { emptyDocument } from '../../../src/shared/document/document.js'
import { parse, print } from '../../../src/shared/document/file.js'
import { AppError } from '../../../src/shared/errors.js'
import { startAutosave } from '../../../src/renderer/stores/autosave.js'
import {
  closeDocument,
  documents,
  edit,
  isDirty,
  newDocument,
  openDocument,
  shownDocument,
  shownTab,
  undo,
} from '../../../src/renderer/stores/document.js'
import {
  fileName,
  openAsked,
  openFile,
  openStored,
  save,
  saveAs,
  takeTheirs,
} from '../../../src/renderer/stores/files.js'
import { notices } from '../../../src/renderer/stores/notices.js'
import { closeDialog, view } from '../../../src/renderer/stores/view.js'
import { memoryDocuments } from '../memory-documents.js'

const nodesIn = (text: string) => Object.keys(parse(text).nodes).sort()

beforeEach(() => {
  documents.setState({ open: [] }, true)
  notices.setState({ shown: [] })
  closeDialog()
})

it('asks for a name once, then saves in place, and reads back what it wrote', async () => {
  const { api, files } = memoryDocuments()
  const key = newDocument()
  edit(addNode('conv2d', [0, 0]))
  expect([await save(api, key), view.getState().dialog]).toEqual([false, { kind: 'save-as', key }])
  expect(await saveAs(api, key, 'my net')).toBe(true)
  edit(addNode('relu', [0, 0]))
  expect([await save(api, key), isDirty(shownTab()!)]).toEqual([true, false])
  expect(parse(files.get('my net')!.text)).toEqual(shownDocument())
  documents.setState({ open: [] }, true)
  await openStored(api, { name: 'my net', modified: '' })
  expect(Object.keys(shownDocument()!.nodes)).toEqual(['conv2d', 'relu'])
})

it('asks when someone else has written the file: theirs, with mine behind undo, or mine', async () => {
  const { api, files } = memoryDocuments()
  const key = newDocument()
  edit(addNode('conv2d', [0, 0]))
  await saveAs(api, key, 'net')
  edit(addNode('relu', [0, 0]))
  files.set('net', { text: print(emptyDocument('Theirs')), modified: 'later' })
  expect([await save(api, key), view.getState().dialog]).toEqual([false, { kind: 'changed-on-disk', key }])
  expect(parse(files.get('net')!.text).name).toBe('Theirs')
  await takeTheirs(api, key)
  expect([shownDocument()?.name, isDirty(shownTab()!)]).toEqual(['Theirs', false])
  undo()
  expect([Object.keys(shownDocument()!.nodes), isDirty(shownTab()!)]).toEqual([['conv2d', 'relu'], true])
  expect(await save(api, key)).toBe(true)
})

it('says why a file cannot be opened, and opens nothing', async () => {
  const newer = JSON.stringify({ format: 'netwright', version: 99 })
  for (const text of ['\u0000\u0001 bytes', '{}', newer]) {
    expect(await openFile(new File([text], 'x.json'))).toBe(false)
  }
  expect(documents.getState().open).toEqual([])
  expect(notices.getState().shown.map(({ kind }) => kind)).toEqual(['error', 'error', 'error'])
  console.log('cases=3')
})

it('refuses a dropped file that is too large before it reads it, has lost letters, or is gone', async () => {
  const read = () => Promise.reject(new Error('must not be read'))
  const large = Object.assign(new File([], 'large.json'), { arrayBuffer: read })
  Object.defineProperty(large, 'size', { value: 2 ** 31 })
  const gone = Object.assign(new File([], 'gone.json'), { arrayBuffer: read })
  const latin = new File([Uint8Array.from(print(emptyDocument('Nét')), (c) => c.charCodeAt(0))], 'latin.json')
  for (const file of [large, gone, latin]) expect(await openFile(file)).toBe(false)
  expect(documents.getState().open).toEqual([])
  expect(notices.getState().shown.map(({ message }) => message)).toEqual([
    'large.json: The file has 2147483648 bytes; at most 33554432 are read.',
    'gone.json: The file could not be read.',
    'latin.json: The file is not text in UTF-8.',
  ])
  console.log('cases=3')
})

it('opens what the system asks for, and says which file cannot be read', async () => {
  const gone = { code: 'file/not-found', message: 'gone.netwright cannot be read.', hint: 'Look for it.' } as const
  const files = [
    { name: 'a.netwright', text: print(emptyDocument('First')) },
    { name: 'gone.netwright', error: gone },
    { name: 'b.netwright', text: print(emptyDocument('Second')) },
  ]
  await openAsked({ app: { info: () => Promise.reject(new Error('not asked')), opened: async () => files } })
  expect(documents.getState().open.map((tab) => tab.history.present.name)).toEqual(['First', 'Second'])
  expect(notices.getState().shown.map(({ kind }) => kind)).toEqual(['error'])
})

it('makes file names that every system takes', () => {
  const names = ['GoogLeNet flowers', '../../etc/passwd', 'Ünïcode Näme', '…', '.hidden', 'a/b\\c:d']
  expect(names.map(fileName)).toEqual(['GoogLeNet-flowers', 'etcpasswd', 'Unicode-Name', 'net', 'hidden', 'abcd'])
})

it('keeps unsaved work outside, one message at a time with the newest last, and forgets it once saved', async () => {
  const { api, autosaved } = memoryDocuments()
  const pauses: (() => void)[] = []
  const pause = () => new Promise<void>((resolve) => pauses.push(resolve))
  const stop = startAutosave(api.documents, [], pause)
  const key = openDocument(emptyDocument('A'))
  edit(addNode('conv2d', [0, 0]))
  edit(addNode('relu', [0, 0]))
  edit(addNode('add', [0, 0]))
  await vi.waitFor(() => expect(pauses.length).toBe(1))
  expect(autosaved.map((texts) => texts.map(nodesIn))).toEqual([[['conv2d']]])
  pauses.shift()!()
  await vi.waitFor(() => expect(pauses.length).toBe(1))
  expect(autosaved.at(-1)!.map(nodesIn)).toEqual([['add', 'conv2d', 'relu']])
  await saveAs(api, key, 'a')
  pauses.shift()!()
  await vi.waitFor(() => expect(autosaved).toHaveLength(3))
  expect(autosaved.at(-1)).toEqual([])
  stop()
})

it('keeps what is unsaved in every tab, also what was recovered before it began', async () => {
  const { api, autosaved } = memoryDocuments()
  openDocument(addNode('conv2d', [0, 0])(emptyDocument('A')), undefined, true)
  openDocument(emptyDocument('Saved'))
  const stop = startAutosave(api.documents, [], () => Promise.resolve())
  const key = newDocument()
  edit(addNode('relu', [0, 0]))
  await vi.waitFor(() => expect(autosaved.at(-1)!.map(nodesIn)).toEqual([['conv2d'], ['relu']]))
  closeDocument(key)
  await vi.waitFor(() => expect(autosaved.at(-1)!.map(nodesIn)).toEqual([['conv2d']]))
  stop()
})

it('keeps what was left from last time beside new work, until that is decided', async () => {
  const { api, autosaved } = memoryDocuments()
  const left = print(addNode('add', [0, 0])(emptyDocument('Left')))
  const stop = startAutosave(api.documents, [left], () => Promise.resolve())
  newDocument()
  edit(addNode('relu', [0, 0]))
  await vi.waitFor(() => expect(autosaved.map((texts) => texts.map(nodesIn))).toEqual([[['add'], ['relu']]]))
  stop()
})

it('tries again to keep work after the services were away', async () => {
  const { api, autosaved } = memoryDocuments()
  let away = true
  const documentsApi = {
    autosave: async (texts: readonly string[]) => {
      if (away) throw new AppError('host/closed', 'away')
      await api.documents.autosave(texts)
    },
  }
  const stop = startAutosave(documentsApi, [], () => Promise.resolve())
  newDocument()
  edit(addNode('conv2d', [0, 0]))
  await Promise.resolve()
  away = false
  await vi.waitFor(() => {
    edit(addNode('relu', [0, 0]))
    expect(autosaved.length).toBeGreaterThan(0)
  })
  stop()
})
