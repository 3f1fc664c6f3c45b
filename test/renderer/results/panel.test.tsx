// @vitest-environment jsdom
import '../browser.js'
import { cleanup, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import type { Evaluation, Prediction } from '../../../src/shared/api.js'
import { AppError } from '../../../src/shared/errors.js'
import { ResultsPanel } from '../../../src/renderer/panels/results/ResultsPanel.js'
import { runSummary } from '../events.js'
import { fakeHost, show } from '../fake-host.js'

afterEach(cleanup)

const confusion = [
  [8, 2],
  [5, 5],
]
const evaluation: Evaluation = {
  images: 20,
  classes: ['cat', 'dog'],
  heads: {
    aux: {
      loss: 0.9,
      accuracy: 0.5,
      confusion: [
        [10, 0],
        [10, 0],
      ],
    },
    main: { loss: 0.7, accuracy: 0.65, confusion },
  },
}

function ended(runs: Parameters<typeof fakeHost>[0] = {}) {
  const { host, services } = fakeHost(runs)
  services.summaries.set('run-1', runSummary({ state: 'finished' }))
  return host
}

it('evaluates a run that has ended: each head, its matrix in numbers, what it mixes up', async () => {
  const user = userEvent.setup()
  show(ended({ runs: { evaluate: async () => evaluation } }), <ResultsPanel />)
  const heads = await screen.findByRole('region', { name: 'Accuracy of each head' })
  expect(
    within(heads)
      .getAllByRole('definition')
      .map((d) => d.textContent),
  ).toEqual(['65 %', 'loss 0.700', '50 %', 'loss 0.900'])
  const rows = () => screen.getAllByRole('row').map((row) => Array.from(row.children, (cell) => cell.textContent))
  expect(rows()).toEqual([
    ['True class', 'answered cat', 'answered dog'],
    ['cat', '8', '2'],
    ['dog', '5', '5'],
  ])
  const mixUps = () => screen.getByRole('region', { name: 'Most frequent mix-ups' }).textContent
  expect(mixUps()).toContain('dog taken for cat5, 50 %cat taken for dog2, 20 %')
  await user.click(screen.getByRole('radio', { name: 'Aux' }))
  expect(rows().slice(1)).toEqual([
    ['cat', '10', '0'],
    ['dog', '10', '0'],
  ])
})

it('says why an evaluation failed and tries again', async () => {
  const user = userEvent.setup()
  const answers = [Promise.reject(new AppError('data/not-found', 'flowers is gone.', 'Put it back.')), evaluation]
  answers.forEach((answer) => Promise.resolve(answer).catch(() => undefined))
  show(ended({ runs: { evaluate: async () => answers.shift()! } }), <ResultsPanel />)
  expect((await screen.findByRole('alert')).textContent).toContain('flowers is gone. Put it back.')
  await user.click(screen.getByRole('button', { name: 'Evaluate again' }))
  await screen.findByRole('region', { name: 'Confusion matrix' })
})

it('answers for an image with the most probable classes of each head', async () => {
  const user = userEvent.setup()
  const sent: string[] = []
  const prediction: Prediction = { classes: ['cat', 'dog'], heads: { main: [[0.25, 0.75]], aux: [[1, 0]] } }
  const predict = async (_: string, image: string) => {
    sent.push(atob(image))
    if (image === btoa('text')) throw new AppError('data/unreadable', 'The file is no image.', 'Use PNG or JPEG.')
    return prediction
  }
  URL.createObjectURL = () => 'blob:image'
  URL.revokeObjectURL = () => undefined
  show(ended({ runs: { evaluate: async () => evaluation, predict } }), <ResultsPanel />)
  const chooser = async () => {
    await screen.findByRole('button', { name: 'Choose image…' })
    return document.querySelector<HTMLInputElement>('input[type=file]')!
  }
  await user.upload(await chooser(), new File(['pixels'], 'cat.png', { type: 'image/png' }))
  const main = await screen.findByRole('region', { name: 'Answer of Main' })
  expect(
    within(main)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual(['dog75 %', 'cat25 %'])
  await user.upload(await chooser(), new File(['text'], 'b.png', { type: 'image/png' }))
  expect((await screen.findByRole('alert')).textContent).toContain('The file is no image. Use PNG or JPEG.')
  expect(sent).toEqual(['pixels', 'text'])
})

it('waits for a run to end, and for the first run', async () => {
  const { host, services } = fakeHost({ runs: { evaluate: async () => evaluation } })
  show(host, <ResultsPanel />)
  await screen.findByText('Results of a trained net')
  services.change(runSummary({ state: 'running' }))
  services.change(runSummary({ state: 'finished' }))
  await screen.findByRole('region', { name: 'Confusion matrix' })
})
