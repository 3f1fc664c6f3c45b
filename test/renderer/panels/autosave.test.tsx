// @vitest-environment jsdom
import '../browser.js'
import { act, cleanup, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Api } from '../../../src/shared/api.js'
import { addNode } from '../../../src/shared/document/commands.js'
import { emptyDocument } from '../../../src/shared/document/document.js'
import { print } from '../../../src/shared/document/file.js'
import { AppError } from '../../../src/shared/errors.js'
import type { Connection, Host } from '../../../src/renderer/host.js'
import { AutosaveBanner } from '../../../src/renderer/panels/AutosaveBanner.js'
import { Recovery } from '../../../src/renderer/panels/Recovery.js'
import { startAutosave } from '../../../src/renderer/stores/autosave.js'
import { documents, edit, newDocument, shownTab } from '../../../src/renderer/stores/document.js'
import { saveAs } from '../../../src/renderer/stores/files.js'
import { notices } from '../../../src/renderer/stores/notices.js'
import { show } from '../fake-host.js'
import { memoryDocuments } from '../memory-documents.js'

afterEach(() => {
  cleanup()
  documents.setState({ open: [] }, true)
  notices.setState({ shown: [] })
})

function hostOf(calls: Partial<Api['documents']>): Host {
  const connection = createStore<Connection>(() => 'connected')
  const api = { documents: { ...memoryDocuments().api.documents, ...calls } } as unknown as Api
  return { api, on: () => () => undefined, connection, takeOver: () => undefined }
}

/** Autosave whose disk can be full, and whose pauses end when a test says so. */
function failing() {
  const memory = memoryDocuments()
  const pauses: { failed: number; end(): void }[] = []
  const disk = { full: true }
  const calls = {
    autosave: async (texts: readonly string[]) => {
      if (disk.full) throw new AppError('disk/full', 'No space is left to write autosave.', 'Free some space.')
      await memory.api.documents.autosave(texts)
    },
  }
  const stop = startAutosave(calls, [], (failed) => new Promise((end) => pauses.push({ failed, end })))
  const pausesAre = (count: number) => waitFor(() => expect(pauses).toHaveLength(count))
  const endPause = () => act(async () => pauses.at(-1)!.end())
  return { ...memory, disk, pauses, pausesAre, endPause, stop }
}

it('says that work is not kept and why, tries again without an edit, and is quiet once it is kept', async () => {
  const { autosaved, disk, pauses, pausesAre, endPause, stop } = failing()
  show(hostOf({}), <AutosaveBanner />)
  act(() => {
    newDocument()
    edit(addNode('conv2d', [0, 0]))
  })
  expect((await screen.findByRole('alert', { name: 'Autosave' })).textContent).toContain(
    'Your unsaved work is only in this window: No space is left to write autosave. Free some space. Netwright keeps trying.',
  )
  await endPause()
  await pausesAre(2)
  disk.full = false
  await endPause()
  await pausesAre(3)
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  expect({ kept: autosaved, failed: pauses.map(({ failed }) => failed) }).toEqual({
    kept: [[print(shownTab()!.history.present)]],
    failed: [1, 2, 0],
  })
  stop()
})

it('is quiet, too, once the work was saved to its file instead', async () => {
  const { api, pausesAre, endPause, stop } = failing()
  show(hostOf({}), <AutosaveBanner />)
  act(() => {
    newDocument()
    edit(addNode('conv2d', [0, 0]))
  })
  await screen.findByRole('alert')
  await pausesAre(1)
  await act(() => saveAs(api, shownTab()!.key, 'net'))
  await endPause()
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  stop()
})

it('keeps a text from last time that this version cannot read beside those that it opens', async () => {
  const readable = print(addNode('conv2d', [0, 0])(emptyDocument('A')))
  const newer = JSON.stringify({ format: 'netwright', version: 99 })
  const kept: (readonly string[])[] = []
  const host = hostOf({
    recovered: async () => ({ texts: [newer, readable], saved: '2026-01-02T03:04:05.000Z' }),
    autosave: async (texts) => void kept.push(texts),
  })
  show(host, <Recovery />)
  await userEvent.setup().click(await screen.findByRole('button', { name: 'Open all' }))
  await waitFor(() => expect(kept.at(-1)).toEqual([newer, readable]))
  expect(documents.getState().open.map((tab) => tab.history.present.name)).toEqual(['A'])
  expect(notices.getState().shown.map(({ kind }) => kind)).toEqual(['error'])
  expect(screen.getByRole('button', { name: 'Forget it' })).toBeTruthy()
})

it('says why the work from last time cannot be looked for', async () => {
  const recovered = () => Promise.reject(new AppError('disk/failed', 'autosave could not be read: EACCES.'))
  show(hostOf({ recovered }), <Recovery />)
  await waitFor(() =>
    expect(notices.getState().shown.map(({ message }) => message)).toEqual(['autosave could not be read: EACCES.']),
  )
})
