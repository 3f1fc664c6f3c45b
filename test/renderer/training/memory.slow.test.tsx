// @vitest-environment jsdom
import '../browser.js'
import { cleanup, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import type { MemoryEstimate } from '../../../src/shared/training/memory-need.js'
import { setTraining } from '../../../src/shared/document/commands.js'
import { RunControl } from '../../../src/renderer/panels/training/RunControl.js'
import { TrainingPanel } from '../../../src/renderer/panels/training/TrainingPanel.js'
import { TrainingStatus } from '../../../src/renderer/panels/training/TrainingStatus.js'
import { documents, editRoot, shownDocument } from '../../../src/renderer/stores/document.js'
import { endEvent, runSummary, startEvent } from '../events.js'
import { fakeHost, openNet, ROOMY, show } from '../fake-host.js'

afterEach(() => {
  cleanup()
  documents.setState({ open: [] }, true)
})

it('says at once about how much training takes, and then exactly', async () => {
  let answer: (estimate: MemoryEstimate) => void = () => undefined
  const memory = () => new Promise<MemoryEstimate>((resolve) => (answer = resolve))
  openNet(3)
  show(fakeHost({ devices: { memory } }).host, <TrainingPanel />)
  await screen.findByRole('button', { name: /^about \d+ MB needed$/ })
  answer(ROOMY)
  await screen.findByRole('button', { name: '1.0 GB of 8.0 GB free' })
  const bar = screen.getByRole('meter', { name: 'Memory: 1.0 GB of 8.0 GB free. Fits.' })
  expect(Number(bar.getAttribute('aria-valuenow'))).toBeCloseTo(12.5)
})

it('offers the largest batch where the chosen one does not fit, and asks anew once it is taken', async () => {
  const user = userEvent.setup()
  const batches: number[] = []
  const memory = async (_: string, { batch }: { readonly batch: number }) => {
    batches.push(batch)
    const values = 2e7 * batch
    return { ...ROOMY, values, needed: 3e8 + values, free: 1e9 }
  }
  openNet(3)
  editRoot(setTraining({ batch: 64 }))
  show(fakeHost({ devices: { memory } }).host, <TrainingPanel />)
  await screen.findByText('Does not fit')
  // 0.8 of 1 GB less 300 MB are 25 images of 20 MB; in eights 24.
  await user.click(await screen.findByRole('button', { name: 'Set the batch to 24' }))
  expect(shownDocument()?.training).toEqual({ batch: 24 })
  await screen.findByText('Fits')
  expect(batches).toEqual([64, 24])
})

it('shows what it is made of, and says where a device does not tell its memory', async () => {
  const user = userEvent.setup()
  const { total: _, free: __, ...silent } = ROOMY
  openNet(3)
  show(fakeHost({ devices: { memory: async () => silent } }).host, <TrainingPanel />)
  await user.click(await screen.findByRole('button', { name: '1.0 GB needed' }))
  const parts = await screen.findByRole('dialog', { name: 'Memory of the training' })
  expect([...parts.querySelectorAll('dd')].map(({ textContent }) => textContent)).toEqual([
    '100 MB',
    '200 MB',
    '700 MB',
    '1.0 GB',
    '20 MB',
    'not told',
  ])
})

it('asks nothing for the top bar alone', async () => {
  let asked = 0
  const memory = async () => {
    asked++
    return ROOMY
  }
  openNet(3)
  show(fakeHost({ devices: { memory } }).host, <RunControl />)
  await screen.findByRole('button', { name: /^Memory: about \d+ MB needed\.$/ })
  expect(asked).toBe(0)
})

it('shows what a run has taken', async () => {
  const { host, services } = fakeHost()
  services.summaries.set('run-1', runSummary({ state: 'running' }))
  services.logs.set('run-1', [startEvent(), { type: 'memory', step: 1, peak: 1.25e9 }])
  openNet(3)
  show(
    host,
    <>
      <RunControl />
      <TrainingStatus />
    </>,
  )
  await screen.findByRole('button', { name: 'Memory of the run: 1.3 GB.' })
  services.emit('run-1', [endEvent({ reason: 'finished', step: 2 })])
  await screen.findByText(/finished.* · memory 1\.3 GB$/)
})
