import { spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Api } from '../../../src/shared/api.js'
import { safeName } from '../../../src/shared/document/file-name.js'
import { createDocuments } from '../../../src/main/services/documents.js'
import { createFiles } from '../../../src/main/services/files.js'
import { temporaryHome } from '../../contract/home.js'

let folders: Awaited<ReturnType<typeof temporaryHome>>
let documents: Api['documents']

beforeEach(async () => {
  folders = await temporaryHome()
  documents = createDocuments(folders.home)
})
afterEach(() => folders.remove())

const fileOf = (name: string) => join(folders.home, 'documents', `${name}.netwright.json`)

describe('names', () => {
  it.each([
    ['Net', 'Net'],
    ['  Net  ', 'Net'],
    ['../../etc/passwd', '-..-etc-passwd'],
    ['C:\\x', 'C-x'],
    ['a\0b\nc', 'a-b-c'],
    ['.hidden', 'hidden'],
    ['...', 'Untitled'],
    ['', 'Untitled'],
    ['con', '_con'],
    ['LPT1.x', '_LPT1.x'],
    ['сеть ResNet', 'сеть ResNet'],
    ['x'.repeat(300), 'x'.repeat(100)],
    // Disks count bytes: 60 of these have 180.
    ['网'.repeat(100), '网'.repeat(60)],
    ['Scho\u0308n', 'Sch\u00f6n'],
    ['half \ud83d pair', 'half - pair'],
  ])('%j is kept as %j', (name, expected) => {
    expect(safeName(name)).toBe(expected)
    expect(safeName(expected)).toBe(expected)
  })

  it('stay in their folder', async () => {
    const names = ['../up', '../../up', '/abs', 'a/b', '..', 'con', 'x:y']
    for (const name of names) await documents.write(name, 'text')
    expect((await readdir(folders.home)).sort()).toEqual(['documents'])
    expect((await readdir(join(folders.home, '..'))).sort()).toEqual(['Netwright', 'user'])
    console.log(`cases=${names.length}`)
  })
})

describe('files that other programs have put there', () => {
  it('are opened and saved under their own names, where these are others than ours would be', async () => {
    await documents.write('first', 'makes the folder')
    const names = ['Scho\u0308n', 'y'.repeat(150)]
    for (const name of names) await writeFile(fileOf(name), 'theirs')
    const answers = []
    for (const name of names) {
      const { text, modified } = await documents.read(name)
      const saved = await documents.write(name, 'mine', modified)
      answers.push([text, saved.name === name, await readFile(fileOf(name), 'utf8')])
    }
    expect(answers).toEqual(names.map(() => ['theirs', true, 'mine']))
    expect((await documents.list()).map(({ name }) => name).sort()).toEqual(['first', ...names].sort())
    console.log(`cases=${names.length}`)
  })

  it('are stored under long names of every script', async () => {
    const entry = await documents.write('网'.repeat(100), 'text')
    expect((await documents.read(entry.name)).text).toBe('text')
  })
})

describe('changes by others', () => {
  it('are never overwritten: written, removed, replaced by a link', async () => {
    const entry = await documents.write('Net', 'one')
    await writeFile(fileOf('Net'), 'two')
    await expect(documents.write('Net', 'mine', entry.modified)).rejects.toMatchObject({ code: 'file/changed' })
    await rm(fileOf('Net'))
    await expect(documents.write('Net', 'mine', entry.modified)).rejects.toMatchObject({ code: 'file/changed' })
    await symlink(join(folders.userHome, 'pictures', 'list.txt'), fileOf('Net'))
    await expect(documents.write('Net', 'mine')).rejects.toMatchObject({ code: 'file/refused' })
  })

  it('are seen even if size and time are the same', async () => {
    const entry = await documents.write('Net', 'one')
    const time = new Date(entry.modified)
    await writeFile(fileOf('Net'), 'two')
    await utimes(fileOf('Net'), time, time)
    await expect(documents.write('Net', 'mine', entry.modified)).rejects.toMatchObject({ code: 'file/changed' })
  })

  it('ask nothing when the file was only touched', async () => {
    const { modified } = await documents.write('Net', 'one')
    await utimes(fileOf('Net'), new Date(), new Date(Date.now() + 60_000))
    expect((await documents.write('Net', 'two', modified)).name).toBe('Net')
  })

  it('are compared by time for a document that this session has not read', async () => {
    const { modified } = await documents.write('Net', 'one')
    const later = createDocuments(folders.home)
    expect((await later.write('Net', 'two', modified)).name).toBe('Net')
    await expect(createDocuments(folders.home).write('Net', 'three', modified)).rejects.toMatchObject({
      code: 'file/changed',
    })
  })

  it('are told apart however fast they follow each other', async () => {
    const seen = new Set<string>()
    for (let i = 0; i < 50; i++) seen.add((await documents.write('Net', String(i))).modified)
    expect(seen.size).toBe(50)
  })

  it('let one of two programs win that write at once, each time', async () => {
    const others = [documents, createDocuments(folders.home)]
    let { modified } = await documents.write('Net', 'first')
    const rounds = 100
    for (let round = 0; round < rounds; round++) {
      const answers = await Promise.allSettled(others.map((one, i) => one.write('Net', `${round} ${i}`, modified)))
      const won = answers.findIndex(({ status }) => status === 'fulfilled')
      const [winner] = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
      expect(answers[1 - won]).toMatchObject({ status: 'rejected', reason: { code: 'file/changed' } })
      expect((await documents.read('Net')).text).toBe(`${round} ${won}`)
      modified = winner!.modified
    }
    expect(await readdir(join(folders.home, 'documents'))).toEqual(['Net.netwright.json'])
    console.log(`cases=${rounds}`)
  })

  it('let one of two writers at once win', async () => {
    const { modified } = await documents.write('Net', 'one')
    const answers = await Promise.allSettled(['a', 'b', 'c'].map((text) => documents.write('Net', text, modified)))
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect((await documents.read('Net')).text).toBe('a')
  })
})

it('recovers the unsaved work of all tabs, and a single document as version 0.1.0 kept it', async () => {
  const file = join(folders.home, 'autosave.netwright.json')
  await documents.autosave(['{"a":1}', '', 'сеть'])
  expect((await createDocuments(folders.home).recovered())?.texts).toEqual(['{"a":1}', '', 'сеть'])
  await documents.autosave([])
  const kept = ['{"format":"netwright","version":1}', '["a",1]', '\0 bytes']
  for (const text of kept) {
    await writeFile(file, text)
    expect((await documents.recovered())?.texts).toEqual([text])
    await documents.autosave([])
  }
  expect(await documents.recovered()).toBe(undefined)
  console.log(`cases=${kept.length}`)
})

it('leaves the unsaved work of another program alone while that runs, and offers it when it has ended', async () => {
  const other = { process: process.ppid, texts: ['its own'] }
  const path = join(folders.home, 'autosave-0123456789ab.netwright.json')
  await documents.autosave(['mine'])
  await writeFile(path, JSON.stringify(other))
  expect((await createDocuments(folders.home).recovered())?.texts).toEqual(['mine'])
  await documents.autosave([])
  expect(await documents.recovered()).toBe(undefined)
  const gone = spawnSync(process.execPath, ['--version']).pid
  await writeFile(path, JSON.stringify({ ...other, process: gone }))
  await documents.autosave(['new'])
  await utimes(path, new Date(0), new Date(0))
  expect((await documents.recovered())?.texts).toEqual(['its own', 'new'])
  // From now on it is kept here, once.
  await documents.autosave(['its own', 'newer'])
  expect((await createDocuments(folders.home).recovered())?.texts).toEqual(['its own', 'newer'])
  expect((await readdir(folders.home)).filter((name) => name.startsWith('autosave'))).toHaveLength(1)
})

it('lists without a document that is removed meanwhile', async () => {
  await documents.write('One', '1')
  await symlink(join(folders.home, 'nowhere'), fileOf('Two'))
  expect((await documents.list()).map(({ name }) => name)).toEqual(['One'])
})

it('lists newest first and nothing foreign', async () => {
  await documents.write('Old', '1')
  await documents.write('New', '2')
  await utimes(fileOf('Old'), new Date(0), new Date(0))
  await writeFile(join(folders.home, 'documents', 'notes.txt'), '')
  expect((await documents.list()).map(({ name }) => name)).toEqual(['New', 'Old'])
})

it('files: a folder that may not be read or is none is an error with a hint', async () => {
  const files = createFiles(folders.userHome)
  await mkdir(join(folders.userHome, 'z'))
  await symlink('/etc', join(folders.userHome, 'link'))
  const { entries } = await files.list('')
  expect(entries.map(({ name }) => name)).toEqual(['pictures', 'z'])
  await expect(files.list('link')).rejects.toMatchObject({ code: 'file/refused' })
  await expect(files.list('none')).rejects.toMatchObject({ code: 'file/not-found' })
  await expect(files.list('pictures/list.txt')).rejects.toMatchObject({ code: 'file/not-found' })
})

it('offers what can be read of unsaved work beside what cannot, which stays, and is told when it is alone', async () => {
  const [readable, damaged] = ['0123456789ab', 'ba9876543210'].map((id) =>
    join(folders.home, `autosave-${id}.netwright.json`),
  )
  await mkdir(damaged!, { recursive: true })
  await expect(documents.recovered()).rejects.toMatchObject({ code: 'file/not-found' })
  await writeFile(readable!, JSON.stringify({ texts: ['mine'] }))
  expect((await documents.recovered())?.texts).toEqual(['mine'])
  await documents.autosave([])
  expect(await readdir(folders.home)).toEqual(['autosave-ba9876543210.netwright.json'])
})
