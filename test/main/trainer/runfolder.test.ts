import { appendFile, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import {
  appendEvents,
  createRunFolder,
  readEvents,
  readRecord,
  readRunDocument,
  RUN_FILES,
  writeRecord,
  type RunRecord,
} from '../../../src/main/trainer/run/runfolder.js'
import { DEFAULT_SETTINGS } from '../../../src/shared/training/settings.js'

const RECORD: RunRecord = {
  format: 'netwright-run',
  version: 1,
  name: 'net',
  state: 'running',
  started: '2026-01-02T03:04:05.000Z',
  settings: DEFAULT_SETTINGS,
  classes: ['cat', 'dog'],
  heads: ['main'],
  device: 'onnx-cpu',
  data: { title: 'pets', shape: [32, 32, 3], train: 10, validation: 2, note: '' },
  step: 0,
}

let folder: string
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'run-')), 'deep', 'run')
})

it('gives back document, record and events', async () => {
  await createRunFolder(folder, '{"exact": "text" }\n')
  await writeRecord(folder, RECORD)
  expect(await readRunDocument(folder)).toBe('{"exact": "text" }\n')
  expect(await readRecord(folder)).toEqual(RECORD)
  expect(await readEvents(folder)).toEqual([])
  const events = [1, 2, 3].map((step) => ({ type: 'end', reason: 'finished', step }) as const)
  await appendEvents(folder, events.slice(0, 1))
  await appendEvents(folder, events.slice(1))
  expect(await readEvents(folder)).toEqual(events)
  await appendFile(join(folder, RUN_FILES.events), '{"type":"step","st')
  expect(await readEvents(folder)).toEqual(events)
})

it('is made only where no run is', async () => {
  await createRunFolder(folder, 'a')
  await createRunFolder(folder, 'b')
  await writeRecord(folder, RECORD)
  await expect(createRunFolder(folder, 'c')).rejects.toMatchObject({ code: 'file/exists' })
  expect(await readRunDocument(folder)).toBe('b')
})

it('says when something is no run, and when the disk does not take it', async () => {
  await expect(readRecord(folder)).rejects.toMatchObject({ code: 'run/not-found' })
  await expect(readRunDocument(folder)).rejects.toMatchObject({ code: 'run/not-found' })
  await createRunFolder(folder, 'a')
  for (const text of ['', 'null', '[]', '{"format":"netwright-run","version":2}']) {
    await writeFile(join(folder, RUN_FILES.record), text)
    await expect(readRecord(folder)).rejects.toMatchObject({ code: 'run/not-found' })
  }
  await expect(appendEvents(join(folder, 'none'), [])).rejects.toMatchObject({ code: 'disk/failed' })
  const file = join(folder, RUN_FILES.document, 'below a file')
  await expect(createRunFolder(file, 'a')).rejects.toMatchObject({ code: 'disk/failed' })
})
