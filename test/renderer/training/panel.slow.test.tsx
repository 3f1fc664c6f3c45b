// @vitest-environment jsdom
import '../browser.js'
import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import { AppError } from '../../../src/shared/errors.js'
import { print } from '../../../src/shared/document/file.js'
import { DEFAULT_SETTINGS } from '../../../src/shared/training/settings.js'
import { RunControl } from '../../../src/renderer/panels/training/RunControl.js'
import { TrainingPanel } from '../../../src/renderer/panels/training/TrainingPanel.js'
import { documents, shownDocument, undo } from '../../../src/renderer/stores/document.js'
import { settings } from '../../../src/renderer/stores/settings.js'
import { endEvent, runSummary, startEvent, stepEvent, validationEvent } from '../events.js'
import { fakeHost, openNet, show } from '../fake-host.js'

afterEach(() => {
  cleanup()
  documents.setState({ open: [] }, true)
})

const button = (name: string) => screen.findByRole('button', { name })
const enabled = async (name: string) =>
  waitFor(async () => expect((await button(name)).hasAttribute('disabled')).toBe(false))

it('says that the data has other classes than the net, mends it, and trains what the document says', async () => {
  const user = userEvent.setup()
  const { host, services } = fakeHost()
  openNet(10)
  show(host, <TrainingPanel />)
  await screen.findByText('Clothes has 3 classes, but head Main has 10, Aux 1 has 10, Aux 2 has 10.')
  expect((await button('Train this net')).hasAttribute('disabled')).toBe(true)

  await user.click(await button('Set units to 3'))
  await enabled('Train this net')
  services.summaries.set('run-1', runSummary({ state: 'starting' }))
  await user.click(await button('Train this net'))
  const [, text, settings] = services.calls.find(([name]) => name === 'start')!
  expect(text).toBe(print(shownDocument()!))
  expect(settings).toEqual({ ...DEFAULT_SETTINGS, headWeights: { main: 1, aux_1: 0.3, aux_2: 0.3 } })
  await button('Pause training')
})

it('keeps settings in the document, a field being one step of undo', async () => {
  const user = userEvent.setup()
  openNet(3)
  const before = shownDocument()
  show(fakeHost().host, <TrainingPanel />)
  const epochs = await screen.findByRole('textbox', { name: 'Epochs' })
  await user.clear(epochs)
  await user.type(epochs, '120')
  expect(shownDocument()?.training).toEqual({ epochs: 120 })
  await user.click(await screen.findByRole('switch', { name: 'Shuffle every epoch' }))
  expect(shownDocument()?.training).toEqual({ epochs: 120, shuffle: false })
  undo()
  undo()
  expect(shownDocument()).toBe(before)
})

it('mixes heads by preset and by number, in their nodes', async () => {
  const user = userEvent.setup()
  openNet(3)
  show(fakeHost().host, <TrainingPanel />)
  const weights = () => ['main', 'aux_1', 'aux_2'].map((id) => shownDocument()?.nodes[id]?.params['weight'])
  await user.click(await button('Article 1 : 1 : 1'))
  expect(weights()).toEqual([1, 1, 1])
  await user.click(await button('Paper 1 : 0.3 : 0.3'))
  expect(weights()).toEqual([1, 0.3, 0.3])
  const field = await screen.findByRole('textbox', { name: 'Loss weight of Aux 2' })
  await user.clear(field)
  await user.type(field, '0.5')
  expect(weights()).toEqual([1, 0.3, 0.5])
})

it('shows why a start was refused, and loses nothing when that is put away', async () => {
  const user = userEvent.setup()
  const { host, services } = fakeHost()
  openNet(3)
  show(host, <TrainingPanel />)
  await enabled('Train this net')
  services.failNext('start', new AppError('run/busy', 'Another run is training.', 'Stop it first.'))
  await user.click(await button('Train this net'))
  expect((await screen.findByRole('alert')).textContent).toBe('Another run is training. Stop it first.')
  await user.click(await button('Dismiss'))
  expect(screen.queryByRole('alert')).toBeNull()
  await enabled('Train this net')
})

it('shows the curves of a run as a table too, as they grow, and what ended it', async () => {
  const { host, services } = fakeHost()
  openNet(3)
  services.summaries.set('run-1', runSummary({ state: 'running', heads: ['main', 'aux_1'] }))
  services.emit('run-1', [startEvent(), stepEvent(1, { main: [2, 0.25], aux_1: [3, 0.5] })], 'cut')
  show(host, <TrainingPanel />)
  const table = await screen.findByRole('table', { name: 'Loss per head' })
  const rows = () =>
    within(table)
      .getAllByRole('row')
      .map((row) => Array.from(row.children, (cell) => cell.textContent))
  expect(rows().slice(1)).toEqual([['Now', '2.00', 'not measured', '3.00', 'not measured']])

  services.emit('run-1', [validationEvent(1, 1, { main: [1.5, 0.5], aux_1: [2.5, 0.25] })])
  await waitFor(() => expect(rows().slice(1)).toEqual([['Epoch 1', '2.00', '1.50', '3.00', '2.50']]))

  const error = { code: 'trainer/crashed', message: 'The trainer ended at step 2.', hint: 'Train again.' } as const
  services.emit('run-1', [endEvent({ reason: 'failed', error, step: 1 })])
  await screen.findByText('The trainer ended at step 2.')
  await enabled('Train again')
})

it.each([
  ['problems', 'training'],
  ['gradients', 'gradients'],
] as const)('trains from the top bar, and shows the run: from %s comes %s', async (before, after) => {
  const user = userEvent.setup()
  const { host, services } = fakeHost()
  openNet(3)
  settings.setState({ dockTab: before })
  show(host, <RunControl />)
  await enabled('Train')
  services.summaries.set('run-1', runSummary({ state: 'starting' }))
  await user.click(await button('Train'))
  await button('Pause')
  expect(settings.getState().dockTab).toBe(after)
})

it('pauses from the top bar, which says how far the run is', async () => {
  const user = userEvent.setup()
  const { host, services } = fakeHost()
  openNet(3)
  services.summaries.set('run-1', runSummary({ state: 'running' }))
  services.emit('run-1', [startEvent(), stepEvent(10, { main: [2, 0.25] })], 'cut')
  show(host, <RunControl />)
  await button('Progress: epoch 1 of 5 · step 10 · 64 images/s · 10 s left')
  await user.click(await button('Pause'))
  expect(services.calls.at(-1)).toEqual(['stop', 'run-1'])
  services.emit('run-1', [endEvent({ reason: 'stopped', step: 11 })])
  await enabled('Train')
})

it('weighs the heads of the run that goes on, which takes it with its next step', async () => {
  const user = userEvent.setup()
  const { host, services } = fakeHost()
  openNet(3)
  const before = shownDocument()
  const settings = { ...DEFAULT_SETTINGS, headWeights: { main: 1, aux_1: 0.3 } }
  services.summaries.set('run-1', runSummary({ state: 'running', heads: ['main', 'aux_1'], settings }))
  services.emit('run-1', [startEvent(), stepEvent(1, { main: [2, 0.25], aux_1: [3, 0.5] })], 'cut')
  show(host, <TrainingPanel />)
  await screen.findByText('from the next step')
  const weight = await screen.findByRole('textbox', { name: 'Loss weight of Aux 1' })
  await user.clear(weight)
  await user.type(weight, '2')
  expect(services.calls.at(-1)).toEqual(['headWeights', 'run-1', { main: 1, aux_1: 2 }])
  expect(shownDocument()).toBe(before)
  services.emit('run-1', [endEvent({ reason: 'stopped', step: 2 })])
  await user.click(await button('Resume'))
  expect(services.calls).toContainEqual(['resume', 'run-1', {}])
  await enabled('Resume on another device')
  await user.click(await button('Resume on another device'))
  await user.click(await screen.findByRole('menuitem', { name: 'On CPU' }))
  expect(services.calls).toContainEqual(['resume', 'run-1', { device: 'onnx-cpu' }])
})

it('measures the devices with the shown net when asked, the fastest first', async () => {
  const user = userEvent.setup()
  openNet(3)
  show(fakeHost().host, <TrainingPanel />)
  await enabled('Measure devices with this net')
  await user.click(await button('Measure devices with this net'))
  const speeds = within(await screen.findByRole('list', { name: 'Speed of devices' }))
  expect(speeds.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['Processor41 images/s'])
  await user.click(await button('Close the measurement'))
  await button('Measure devices with this net')
})

it('says once what ended a run and then refuses it, too', async () => {
  const user = userEvent.setup()
  const { host, services } = fakeHost()
  const error = { code: 'device/unavailable', message: 'No device can train.', hint: 'Get one.' } as const
  services.summaries.set('run-1', runSummary({ state: 'failed', error }))
  openNet(3)
  show(host, <TrainingPanel />)
  await enabled('Train again')
  services.failNext('start', new AppError(error.code, error.message, error.hint))
  await user.click(await button('Train again'))
  await waitFor(() => expect(services.calls.at(-1)?.[0]).toBe('start'))
  await enabled('Train again')
  expect(screen.getAllByText('No device can train.')).toHaveLength(1)
})

it('offers half the batch where memory was full', async () => {
  const user = userEvent.setup()
  const { host, services } = fakeHost()
  const error = { code: 'device/out-of-memory', message: 'The memory is full.', hint: 'Use a batch of 16.' } as const
  services.summaries.set('run-1', runSummary({ state: 'failed', error }))
  openNet(3)
  show(host, <TrainingPanel />)
  const batch = DEFAULT_SETTINGS.batch / 2
  await user.click(await button(`Set the batch to ${batch}`))
  expect(shownDocument()?.training).toEqual({ batch })
  await button('Train again')
})
