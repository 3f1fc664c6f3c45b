// @vitest-environment jsdom
import '../browser.js'
import { cleanup, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import type { Api, LibraryBlock } from '../../../src/shared/api.js'
import { emptyDocument } from '../../../src/shared/document/document.js'
import { AppError } from '../../../src/shared/errors.js'
import { BlockMenu, LibraryMenu } from '../../../src/renderer/panels/blocks/BlockMenus.js'
import { Dialogs } from '../../../src/renderer/panels/dialogs/Dialogs.js'
import { documents, openDocument } from '../../../src/renderer/stores/document.js'
import { notices } from '../../../src/renderer/stores/notices.js'
import { closeDialog } from '../../../src/renderer/stores/view.js'
import { blockFrom } from '../../shared/own-blocks.js'
import { fakeHost, show } from '../fake-host.js'

afterEach(() => {
  cleanup()
  closeDialog()
  documents.setState({ open: [] }, true)
  notices.setState({ shown: [] })
})

const ENTRY: LibraryBlock = { name: 'step', title: 'Step', doc: '', inputs: 1, outputs: 1, params: [] }

/** A window over a library that has another block of the name, and what was asked of it. */
function setUp() {
  const asked: unknown[] = []
  const library: Api['library'] = {
    list: async () => ({ blocks: [ENTRY], damaged: [] }),
    read: () => Promise.reject(new Error('not asked')),
    write: async (_text, replace) => {
      asked.push(['write', replace])
      if (!replace) throw new AppError('file/exists', 'Your library has another block of the name step.', 'Rename it.')
      return ENTRY
    },
    remove: async (name) => void asked.push(['remove', name]),
  }
  const { host } = fakeHost()
  const blocks = { step: { ...blockFrom({ r: ['relu', {}, 'in'] }), title: 'Step' } }
  openDocument({ ...emptyDocument('Net'), blocks })
  show(
    { ...host, api: { ...host.api, library } },
    <>
      <BlockMenu name="step" title="Step" />
      <LibraryMenu entry={{ ...ENTRY, title: 'Kept' }} onAdd={() => undefined} />
      <Dialogs actions={[]} />
    </>,
  )
  return { asked, user: userEvent.setup() }
}

it('asks before a block takes the place of another one in the library', async () => {
  const { asked, user } = setUp()
  const keep = async () => {
    await user.click(screen.getByRole('button', { name: 'More for Step' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Save to my library' }))
    await screen.findByRole('alertdialog', { name: 'Your library has another block “step”' })
  }
  await keep()
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  expect([asked, notices.getState().shown]).toEqual([[['write', false]], []])
  await keep()
  await user.click(screen.getByRole('button', { name: 'Replace' }))
  await waitFor(() => expect(notices.getState().shown.map(({ kind }) => kind)).toEqual(['info']))
  expect(asked).toEqual([
    ['write', false],
    ['write', false],
    ['write', true],
  ])
})

it('asks before a block leaves the library', async () => {
  const { asked, user } = setUp()
  const remove = async (answer: string) => {
    await user.click(screen.getByRole('button', { name: 'More for Kept' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Remove from my library…' }))
    await screen.findByRole('alertdialog', { name: 'Remove “Kept” from your library?' })
    await user.click(screen.getByRole('button', { name: answer }))
  }
  await remove('Cancel')
  expect(asked).toEqual([])
  await remove('Remove')
  await waitFor(() => expect(asked).toEqual([['remove', 'step']]))
})
