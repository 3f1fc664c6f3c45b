// @vitest-environment jsdom
import '../browser.js'
import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import { emptyDocument } from '../../../src/shared/document/document.js'
import { print } from '../../../src/shared/document/file.js'
import { RunsPanel } from '../../../src/renderer/panels/runs/RunsPanel.js'
import { servicesOf } from '../../../src/renderer/stores/services.js'
import { documents, shownDocument } from '../../../src/renderer/stores/document.js'
import { endEvent, runSummary, validationEvent } from '../events.js'
import { fakeHost, show } from '../fake-host.js'

afterEach(() => {
  cleanup()
  documents.setState({ open: [] }, true)
})

function withRuns() {
  const net = { ...emptyDocument('Deeper net'), training: { batch: 8 } }
  const { host, services } = fakeHost({ runs: { document: async () => ({ text: print(net) }) } })
  const lastValidation = validationEvent(30, 3, { main: [0.5, 0.875], aux: [0.7, 0.75] })
  services.summaries.set('old', runSummary({ id: 'old', name: 'Old', state: 'finished', lastValidation }))
  const started = '2026-02-01T10:00:00.000Z'
  services.summaries.set('new', runSummary({ id: 'new', name: 'New', state: 'running', started }))
  return { host, services, net }
}

const names = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getByRole('rowheader').textContent)

it('lists runs, the newest first, sorts them by what they reached, and shows the selected one', async () => {
  const user = userEvent.setup()
  const { host } = withRuns()
  show(host, <RunsPanel />)
  const old = await screen.findByRole('row', { name: 'Old' })
  expect(names()).toEqual(['New', 'Old'])
  expect(
    within(old)
      .getAllByRole('gridcell')
      .map((cell) => cell.textContent),
  ).toContain('Main 88 % · Aux 75 %')
  await user.click(screen.getByRole('columnheader', { name: /Accuracy/ }))
  expect(names()).toEqual(['New', 'Old'])
  await user.click(screen.getByRole('columnheader', { name: /Accuracy/ }))
  expect(names()).toEqual(['Old', 'New'])
  await user.click(screen.getByRole('row', { name: 'Old' }))
  expect(servicesOf(host).runs.store.getState().shown).toBe('old')
})

it('opens the net of a run as it was trained, in a tab of its own', async () => {
  const user = userEvent.setup()
  const { host, net } = withRuns()
  show(host, <RunsPanel />)
  const old = await screen.findByRole('row', { name: 'Old' })
  await user.click(within(old).getByRole('button', { name: 'Restore net' }))
  await waitFor(() => expect(shownDocument()).toEqual(net))
})

it('pauses a run that goes on and resumes one that ended early', async () => {
  const user = userEvent.setup()
  const { host, services } = withRuns()
  services.summaries.set('early', runSummary({ id: 'early', name: 'Early', state: 'stopped' }))
  show(host, <RunsPanel />)
  const action = async (row: string, name: string) =>
    within(await screen.findByRole('row', { name: row })).queryByRole('button', { name })
  expect(await action('Old', 'Resume run')).toBeNull()
  expect((await action('Early', 'Resume run'))?.hasAttribute('disabled')).toBe(true)
  await user.click((await action('New', 'Pause run'))!)
  expect(services.calls.at(-1)).toEqual(['stop', 'new'])
  services.emit('new', [endEvent({ reason: 'stopped', step: 11 })])
  await waitFor(async () => expect((await action('Early', 'Resume run'))?.hasAttribute('disabled')).toBe(false))
  await user.click((await action('Early', 'Resume run'))!)
  expect(services.calls).toContainEqual(['resume', 'early', {}])
})

it('removes a run only after a question, and none that goes on', async () => {
  const user = userEvent.setup()
  const { host, services } = withRuns()
  show(host, <RunsPanel />)
  const remove = async (row: string) =>
    within(await screen.findByRole('row', { name: row })).getByRole('button', { name: 'Remove run' })
  expect((await remove('New')).hasAttribute('disabled')).toBe(true)
  await user.click(await remove('Old'))
  await user.click(await screen.findByRole('button', { name: 'Keep it' }))
  await user.click(await remove('Old'))
  const question = await screen.findByRole('alertdialog', { name: 'Remove this run?' })
  expect(services.calls.map(([name]) => name)).not.toContain('remove')
  await user.click(within(question).getByRole('button', { name: 'Remove run' }))
  await waitFor(() => expect(names()).toEqual(['New']))
  expect(services.calls).toContainEqual(['remove', 'old'])
})
