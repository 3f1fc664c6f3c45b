// @vitest-environment jsdom
import '../browser.js'
import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Api } from '../../../src/shared/api.js'
import { addNode, setParam } from '../../../src/shared/document/commands.js'
import { emptyDocument } from '../../../src/shared/document/document.js'
import { print } from '../../../src/shared/document/file.js'
import { connect } from '../../../src/shared/document/wires.js'
import { LICENCES } from '../../../src/shared/licences.js'
import { actionsOf } from '../../../src/renderer/actions.js'
import type { Connection, Host } from '../../../src/renderer/host.js'
import { Dialogs } from '../../../src/renderer/panels/dialogs/Dialogs.js'
import { DocumentTabs } from '../../../src/renderer/panels/DocumentTabs.js'
import { Palette } from '../../../src/renderer/panels/Palette.js'
import { ProblemsPanel } from '../../../src/renderer/panels/Problems.js'
import { Recovery } from '../../../src/renderer/panels/Recovery.js'
import { analysisOf } from '../../../src/renderer/stores/analysis.js'
import {
  documents,
  edit,
  isDirty,
  newDocument,
  openDocument,
  shownDocument,
} from '../../../src/renderer/stores/document.js'
import { notices } from '../../../src/renderer/stores/notices.js'
import { withTimes } from '../../../src/renderer/ui/format.js'
import { select, selection } from '../../../src/renderer/stores/selection.js'
import { closeDialog, openDialog } from '../../../src/renderer/stores/view.js'
import { show } from '../fake-host.js'
import { memoryDocuments } from '../memory-documents.js'

afterEach(() => {
  cleanup()
  closeDialog()
  documents.setState({ open: [] }, true)
})

function hostWith(api: Partial<Api>): Host {
  const connection = createStore<Connection>(() => 'connected')
  const library = { list: async () => ({ blocks: [], damaged: [] }) }
  return {
    api: { library, ...api } as unknown as Api,
    on: () => () => undefined,
    connection,
    takeOver: () => undefined,
  }
}

function setUp() {
  const memory = memoryDocuments()
  const host = hostWith(memory.api)
  return { ...memory, host, user: userEvent.setup(), dialogs: <Dialogs actions={actionsOf(host)} /> }
}

it('creates a net from the gallery with the chosen settings, and shows its numbers before', async () => {
  const { host, user, dialogs } = setUp()
  openDialog({ kind: 'gallery' })
  show(host, dialogs)
  await user.click(await screen.findByRole('button', { name: 'GoogLeNet' }))
  const form = screen.getByRole('region', { name: 'Settings of GoogLeNet' })
  expect(form.textContent).toContain('13,378,280')
  expect(form.textContent).toContain('Same numbers as')
  await user.click(within(form).getByRole('radio', { name: 'main' }))
  await waitFor(() => expect(form.textContent).toContain('6,998,552'))
  await user.click(screen.getByRole('button', { name: 'Create' }))
  expect(analysisOf(shownDocument()!).parameters.total).toBe(6_998_552)
})

it('finds templates by name and family, and chooses the first that is found', async () => {
  const { host, user, dialogs } = setUp()
  openDialog({ kind: 'gallery' })
  show(host, dialogs)
  await user.type(await screen.findByRole('searchbox', { name: 'Search templates and blocks' }), 'vgg 16')
  expect(screen.getAllByRole('listitem').map((item) => within(item).getByRole('button').getAttribute('aria-label'))).toEqual(['VGG-16']) // prettier-ignore
  expect(screen.getByRole('heading', { name: 'AlexNet and VGG' })).toBeDefined()
  expect(screen.getByRole('region', { name: 'Settings of VGG-16' })).toBeDefined()
  await user.type(screen.getByRole('searchbox', { name: 'Search templates and blocks' }), ' no such')
  expect(screen.queryAllByRole('listitem')).toEqual([])
  expect(screen.getByText('Nothing is called “vgg 16 no such”.')).toBeDefined()
})

it('says what it is, where it keeps its files, and the licence of everything in it', async () => {
  const memory = memoryDocuments()
  const info = async () => ({ version: '1.2.3', shell: 'host' as const, home: 'my/Netwright' })
  const host = hostWith({ ...memory.api, app: { info, opened: async () => [] } })
  openDialog({ kind: 'about' })
  show(host, <Dialogs actions={actionsOf(host)} />)
  const dialog = await screen.findByRole('dialog', { name: 'About Netwright' })
  await within(dialog).findByText('Version 1.2.3, in the browser')
  expect(dialog.textContent).toContain('my/Netwright')
  expect(within(dialog).getAllByRole('row')).toHaveLength(LICENCES.length + 1)
})

it('asks before unsaved work closes: save under a name, then the tab is gone and the file there', async () => {
  const { host, user, dialogs, files } = setUp()
  newDocument()
  edit(addNode('conv2d', [0, 0]))
  show(
    host,
    <>
      <DocumentTabs />
      {dialogs}
    </>,
  )
  expect(screen.getByRole('button', { name: 'Tab Untitled, not saved' })).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Close Untitled' }))
  const question = await screen.findByRole('alertdialog', { name: 'Save the changes to “Untitled”?' })
  await user.click(within(question).getByRole('button', { name: 'Save' }))
  const name = await screen.findByRole('textbox', { name: 'Name' })
  await user.clear(name)
  await user.type(name, 'kept')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect([...files.keys()]).toEqual(['kept']))
  await waitFor(() => expect(documents.getState().open).toEqual([]))
})

it('closes without saving only when told so', async () => {
  const { host, user, dialogs, files } = setUp()
  newDocument()
  edit(addNode('conv2d', [0, 0]))
  show(
    host,
    <>
      <DocumentTabs />
      {dialogs}
    </>,
  )
  await user.click(screen.getByRole('button', { name: 'Close Untitled' }))
  await user.click(await screen.findByRole('button', { name: 'Cancel' }))
  expect(documents.getState().open).toHaveLength(1)
  await user.click(screen.getByRole('button', { name: 'Close Untitled' }))
  await user.click(await screen.findByRole('button', { name: 'Do not save' }))
  expect([documents.getState().open, files.size]).toEqual([[], 0])
})

/** The field of “Save as”, emptied, where a document of this name is stored. */
async function saveAsBeside(taken: string) {
  const { host, user, dialogs, api } = setUp()
  await api.documents.write(taken, print(emptyDocument('Other')))
  const key = newDocument()
  openDialog({ kind: 'save-as', key })
  show(host, dialogs)
  const name = await screen.findByRole('textbox', { name: 'Name' })
  await user.clear(name)
  return { user, api, name }
}

it('warns before it replaces a stored document', async () => {
  const { user, name } = await saveAsBeside('taken')
  await user.type(name, 'taken')
  expect(await screen.findByText('A document of this name exists. Saving replaces it.')).toBeDefined()
  expect(screen.getByRole('button', { name: 'Replace' })).toBeDefined()
  await user.clear(name)
  expect(screen.getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(true)
})

it('says which name a document gets where its own is none for a file, and warns before that replaces another', async () => {
  const { user, api, name } = await saveAsBeside('Сеть 1')
  await user.type(name, 'сеть 1.')
  expect(await screen.findByText('It is stored as сеть 1.')).toBeDefined()
  expect(screen.getByRole('button', { name: 'Replace' })).toBeDefined()
  await user.clear(name)
  await user.type(name, '../up')
  expect(await screen.findByText('It is stored as -up.')).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(async () =>
    expect((await api.documents.list()).map((entry) => entry.name).sort()).toEqual(['-up', 'Сеть 1']),
  )
})

it('offers the work that was left unsaved in all tabs, and opens what can be read as unsaved work', async () => {
  const memory = memoryDocuments()
  const left = ['A', 'B'].map((name) => addNode('conv2d', [0, 0])(emptyDocument(name)))
  const texts = [print(left[0]!), '{', print(left[1]!)]
  const recovered = async () => ({ texts, saved: '2026-01-02T03:04:05.000Z' })
  const host = hostWith({ documents: { ...memory.api.documents, recovered } })
  show(host, <Recovery />)
  await userEvent.setup().click(await screen.findByRole('button', { name: 'Open all' }))
  const { open } = documents.getState()
  expect(open.map((tab) => [tab.history.present, isDirty(tab)])).toEqual(left.map((document) => [document, true]))
  expect(notices.getState().shown.map(({ kind }) => kind)).toEqual(['error'])
})

it('finds layers by search and adds the first with Enter', async () => {
  const { host, user } = setUp()
  newDocument()
  show(host, <Palette />)
  await user.type(screen.getByRole('searchbox', { name: 'Search layers and blocks' }), 'max')
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    'Max pool',
    'Global max pool',
    'Maximum',
    'Softmax',
  ])
  await user.keyboard('{Enter}')
  expect(Object.values(shownDocument()!.nodes).map((node) => node.type)).toEqual(['max_pool'])
})

it('lists a mismatch with its node, selects it, and mends what it can', async () => {
  const { host, user } = setUp()
  openDocument(emptyDocument())
  for (const type of ['input', 'conv2d', 'conv2d', 'add']) edit(addNode(type, [0, 0]))
  for (const [from, to] of [
    ['input', 'conv2d'],
    ['input', 'conv2d_2'],
    ['conv2d', 'add'],
    ['conv2d_2', 'add'],
  ] as const) {
    edit(connect(from, to))
  }
  edit(setParam('conv2d_2', 'filters', 32))
  select([])
  show(host, <ProblemsPanel />)
  const list = screen.getByRole('list', { name: 'Problems' })
  await user.click(within(list).getByRole('button', { name: /Add Input 2/ }))
  expect(selection.getState().nodes).toEqual(['add'])
  const problems = within(list).getAllByRole('listitem').length
  const fix = analysisOf(shownDocument()!).issues.find((issue) => issue.where.node === 'add')!.fix!
  await user.click(within(list).getByRole('button', { name: withTimes(fix.title) }))
  await waitFor(() => expect(within(list).getAllByRole('listitem').length).toBe(problems - 1))
})
