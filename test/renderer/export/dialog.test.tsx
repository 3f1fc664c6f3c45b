// @vitest-environment jsdom
import '../browser.js'
import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import type { ExportReport } from '../../../src/shared/api.js'
import { AppError } from '../../../src/shared/errors.js'
import { ExportButton } from '../../../src/renderer/panels/export/ExportButton.js'
import { runSummary } from '../events.js'
import { fakeHost, show } from '../fake-host.js'

afterEach(cleanup)

const report: ExportReport = {
  format: 'onnx',
  path: '/runs/run-1/exports/net.onnx',
  files: [{ name: 'net.onnx', bytes: 702_507 }],
  heads: ['main'],
  dropped: ['aux_1_classifier/pool', 'aux_1_classifier/conv', 'aux_1', 'dropout'],
  judge: 'ONNX Runtime 1.30',
  images: 32,
  largestDifference: 3e-7,
}

it('writes what was chosen, shows how well it agrees, and hands out the files', async () => {
  const user = userEvent.setup()
  const written: unknown[] = []
  const write = async (...args: readonly unknown[]) => {
    written.push(args)
    if (args[1] === 'onnx') return report
    throw new AppError('export/unsupported', 'Layer lrn_1 has no counterpart in TensorFlow.js.', 'Export ONNX instead.')
  }
  const blobs: Blob[] = []
  URL.createObjectURL = (blob) => `blob:${blobs.push(blob as Blob)}`
  URL.revokeObjectURL = () => undefined
  HTMLAnchorElement.prototype.click = () => undefined
  const { host, services } = fakeHost({ exports: { write, read: async () => ({ base64: btoa('model') }) } })
  services.summaries.set('run-1', runSummary({ state: 'finished' }))
  show(host, <ExportButton />)

  await user.click(await screen.findByRole('button', { name: 'Export' }))
  const dialog = await screen.findByRole('dialog', { name: 'Export the trained net' })
  await user.click(within(dialog).getByRole('radio', { name: 'Main head only' }))
  await user.click(within(dialog).getByRole('button', { name: 'Export' }))
  const done = await within(dialog).findByRole('region', { name: 'Exported' })
  expect(done.textContent).toContain('Largest difference 3.0e\u22127 over 32 images, checked with ONNX Runtime 1.30.')
  expect(done.textContent).toContain('703 kB')
  expect(done.textContent).toContain('aux_1_classifier/pool, aux_1_classifier/conv, aux_1 and 1 more.')
  await user.click(within(done).getByRole('button', { name: 'Download net.onnx' }))
  expect(await blobs[0]?.text()).toBe('model')

  await user.click(within(dialog).getByRole('radio', { name: 'TensorFlow.js' }))
  expect(within(dialog).queryByRole('region', { name: 'Exported' })).toBeNull()
  await user.click(within(dialog).getByRole('button', { name: 'Export' }))
  const alert = await within(dialog).findByRole('alert')
  expect(alert.textContent).toBe('Layer lrn_1 has no counterpart in TensorFlow.js. Export ONNX instead.')
  expect(written).toEqual([
    ['run-1', 'onnx', 'main'],
    ['run-1', 'tfjs', 'main'],
  ])
})

it('says that a net has to be trained first', async () => {
  const user = userEvent.setup()
  const { host, services } = fakeHost()
  services.summaries.set('run-1', runSummary({ state: 'running' }))
  show(host, <ExportButton />)
  await user.click(await screen.findByRole('button', { name: 'Export' }))
  const dialog = await screen.findByRole('dialog')
  expect(within(dialog).getByRole('status').textContent).toContain('There is no trained net yet.')
  expect(within(dialog).getByRole('button', { name: 'Export' }).hasAttribute('disabled')).toBe(true)
})

it('closes with Escape after the focused button was disabled or removed', async () => {
  const user = userEvent.setup()
  let answer: (report: ExportReport) => void = () => undefined
  const write = () => new Promise<ExportReport>((done) => (answer = done))
  const { host, services } = fakeHost({ exports: { write } })
  services.summaries.set('run-1', runSummary({ state: 'finished' }))
  show(host, <ExportButton />)
  await user.click(await screen.findByRole('button', { name: 'Export' }))
  const dialog = await screen.findByRole('dialog')
  await user.click(within(dialog).getByRole('button', { name: 'Export' }))
  await within(dialog).findByRole('button', { name: 'Writing and checking…' })
  await waitFor(() => expect(document.activeElement).toBe(dialog))
  answer(report)
  const download = await within(dialog).findByRole('button', { name: 'Download net.onnx' })
  download.focus()
  await user.click(within(dialog).getByRole('radio', { name: 'TensorFlow.js' }))
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})
