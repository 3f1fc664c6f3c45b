// @vitest-environment jsdom
import '../browser.js'
import { cleanup, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import { CompareDialog } from '../../../src/renderer/panels/compare/CompareDialog.js'
import { Dialogs } from '../../../src/renderer/panels/dialogs/Dialogs.js'
import { RunsPanel } from '../../../src/renderer/panels/runs/RunsPanel.js'
import { documents, edit, openDocument } from '../../../src/renderer/stores/document.js'
import { closeDialog } from '../../../src/renderer/stores/view.js'
import { moveNodes, removeNodes, setParam } from '../../../src/shared/document/commands.js'
import { SAME_LAYERS } from '../../../src/shared/compare/compare.js'
import { print } from '../../../src/shared/document/file.js'
import { makeBlock } from '../../../src/shared/document/make-block.js'
import { DEFAULT_SETTINGS } from '../../../src/shared/training/settings.js'
import { SMALL } from '../../shared/graph-of.js'
import { runSummary, validationEvent } from '../events.js'
import { fakeHost, show } from '../fake-host.js'

afterEach(() => {
  cleanup()
  closeDialog()
  documents.setState({ open: [] }, true)
})

/** Rows of a table as texts. */
const rowsOf = (name: string) =>
  within(screen.getByRole('table', { name }))
    .getAllByRole('row')
    .map((row) => [...row.children].map(({ textContent }) => textContent))

it('shows what was changed in a document since it was opened', () => {
  const key = openDocument(SMALL)
  edit(moveNodes({ conv: [900, 900] }))
  show(fakeHost().host, <CompareDialog tabKey={key} onClose={() => {}} />)
  expect(screen.getByText('The nets are equal')).toBeDefined()
  cleanup()
  edit(setParam('conv', 'kernel', [5, 5]))
  edit(removeNodes(['main']))
  show(fakeHost().host, <CompareDialog tabKey={key} onClose={() => {}} />)
  expect(rowsOf('Numbers of the nets')).toEqual([
    ['', 'Opened', 'Now', 'Difference'],
    ['Parameters', '137', '329', '+192'],
    ['Multiply-adds', '6,932', '19,220', '+12,288'],
    ['Layers', '5', '4', '−1'],
  ])
  const list = screen.getByRole('list', { name: 'Differences of the nets' })
  expect(
    within(list)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual(['Main makes 5', 'Conv Kernel 3×3 → 5×5 · 112 → 304 parameters'])
  expect(
    within(list)
      .getAllByLabelText(/removed|changed/)
      .map((sign) => sign.getAttribute('aria-label')),
  ).toEqual(['removed', 'changed'])
})

it('says where nothing but blocks and names differs, and what a layer was before it became another', () => {
  const key = openDocument(SMALL)
  edit(makeBlock(['conv', 'pool'], { name: 'brick', title: 'Brick' }))
  show(fakeHost().host, <CompareDialog tabKey={key} onClose={() => {}} />)
  expect(screen.getByText(SAME_LAYERS)).toBeDefined()
  cleanup()
  const other = openDocument(SMALL)
  const pool = { ...SMALL.nodes['pool']!, type: 'global_max_pool' }
  edit((document) => ({ ...document, nodes: { ...document.nodes, pool } }))
  show(fakeHost().host, <CompareDialog tabKey={other} onClose={() => {}} />)
  expect(screen.queryByText(SAME_LAYERS)).toBe(null)
  const list = screen.getByRole('list', { name: 'Differences of the nets' })
  expect(list.textContent).toBe('Pool Global average pool → Global max pool')
})

it('shows how another run differs from the selected one', async () => {
  const user = userEvent.setup()
  const texts: Record<string, string> = { old: print(SMALL), new: print(setParam('conv', 'filters', 8)(SMALL)) }
  const { host, services } = fakeHost({ runs: { document: async (run) => ({ text: texts[run]! }) } })
  const run = (id: string, started: string, batch: number, loss: number) => {
    const part = batch === 8 ? { headWeights: { main: 1, aux_1: 0.3 }, probeEvery: 20 } : {}
    services.summaries.set(
      id,
      runSummary({
        ...{ id, name: id, started, state: 'finished', settings: { ...DEFAULT_SETTINGS, ...part, batch } },
        lastValidation: validationEvent(30, 3, { main: [loss, 1 - loss] }),
      }),
    )
  }
  run('old', '2026-01-01T10:00:00.000Z', 32, 0.5)
  run('new', '2026-02-01T10:00:00.000Z', 8, 0.25)
  show(
    host,
    <>
      <RunsPanel />
      <Dialogs actions={[]} />
    </>,
  )
  const row = await screen.findByRole('row', { name: 'old' })
  await user.click(within(row).getByRole('button', { name: 'Compare with the selected run' }))
  const dialog = await screen.findByRole('dialog', { name: 'new and old' })
  await within(dialog).findByText('Batch')
  expect(rowsOf('Results of the runs').slice(1)).toEqual([
    ['Loss', '1.0000', '1.0000', '0.0000'],
    ['Main loss', '0.2500', '0.5000', '+0.2500'],
    ['Main accuracy', '0.7500', '0.5000', '−0.2500'],
  ])
  const settings = dialog.querySelectorAll('[aria-label="Settings that differ"] > div')
  expect([...settings].map((row) => [...row.children].map(({ textContent }) => textContent))).toEqual([
    ['Batch', '8 → 32'],
    ['Head weights', 'Main 1, Aux 1 0.3 → nothing'],
    ['Look inside every', '20 → 0'],
  ])
  expect(rowsOf('Numbers of the nets')[1]).toEqual(['Parameters', '269', '137', '−132'])
})
