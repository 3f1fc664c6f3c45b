// @vitest-environment jsdom
import '../browser.js'
import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { documentScene } from '../../../src/renderer/canvas/scene.js'
import { GradientsPanel } from '../../../src/renderer/panels/gradients/GradientsPanel.js'
import { barsOf, lossOnTheWay, nodesTo } from '../../../src/renderer/panels/gradients/bars.js'
import { documents, openDocument, shownDocument } from '../../../src/renderer/stores/document.js'
import { select, selection } from '../../../src/renderer/stores/selection.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import type { NodeLook, ProbeEvent, WeightLook } from '../../../src/shared/training/events.js'
import { graphOf, SMALL } from '../../shared/graph-of.js'
import { runSummary, startEvent } from '../events.js'
import { fakeHost, show } from '../fake-host.js'

beforeEach(() => {
  documents.setState({ open: [] }, true)
  select([])
})
afterEach(cleanup)

const TWO_HEADS = graphOf({
  input: ['input', { height: 8, width: 8 }],
  conv: ['conv2d', { filters: 4 }, 'input'],
  aux_pool: ['global_average_pool', {}, 'conv'],
  aux: ['head', {}, 'aux_pool'],
  pool: ['global_average_pool', {}, 'conv'],
  main: ['head', {}, 'pool'],
})

function probe(nodes: Readonly<Record<string, NodeLook>>, weights: Readonly<Record<string, WeightLook>>): ProbeEvent {
  return { type: 'probe', step: 20, epoch: 1, nodes, weights, heads: {} }
}

it('takes the nodes on the way to one head, each after those that feed it', () => {
  const scene = documentScene(TWO_HEADS, analyze(TWO_HEADS))
  const to = (end?: string) => nodesTo(scene, end).map(({ id }) => id)
  expect([to('main'), to('aux'), to().length]).toEqual([
    ['input', 'conv', 'pool', 'main'],
    ['input', 'conv', 'aux_pool', 'aux'],
    6,
  ])
})

it('joins the weights of a node by their norms, and leaves out what has none', () => {
  const scene = documentScene(SMALL, analyze(SMALL))
  const weights: Record<string, readonly WeightLook[]> = {
    conv: [{ gradient: 3, norm: 6, ratio: 0.5 }, { gradient: 4, norm: 8, ratio: 0.5 }, { gradient: 0 }],
    logits: [{ norm: 2, ratio: 0.1 }],
  }
  const seen = {
    step: 0,
    of: (id: string) => (id === 'conv' ? { look: { gradient: 0.25 }, weights: {} } : undefined),
    weightsIn: (id: string) => weights[id] ?? [],
  }
  const bars = (measure: 'outputs' | 'weights' | 'updates') =>
    barsOf(scene.nodes, seen, measure).map(({ id, gradient, bad }) => [id, gradient, bad])
  expect([bars('outputs'), bars('weights'), bars('updates')]).toEqual([
    [['conv', 0.25, undefined]],
    [
      ['conv', 5, undefined],
      ['logits', undefined, ['gradient']],
    ],
    [
      ['conv', 0.5, undefined],
      ['logits', expect.closeTo(0.1, 12), undefined],
    ],
  ])
})

it('says how much is lost on the way, and where nothing arrives', () => {
  const bars = (...sizes: readonly number[]) => sizes.map((gradient, i) => ({ id: `n${i}`, title: `N${i}`, gradient }))
  expect([bars(1e-4, 5, 0.2), bars(3, 1), bars(1e-9, 1), bars(0, 1), bars(0, 0, 1), bars(1)].map(lossOnTheWay)).toEqual(
    [
      'N0: 2,000 times smaller than N2.',
      'N0: 3.0 times larger than N1.',
      'N0: 1.00e+9 times smaller than N1.',
      'Nothing arrives at N0.',
      'Nothing arrives at 2 nodes.',
      undefined,
    ],
  )
})

it('offers to look inside, then draws the way to the main head as a list that selects', async () => {
  const user = userEvent.setup()
  const { host, services } = fakeHost()
  openDocument(TWO_HEADS)
  services.summaries.set('run-1', runSummary({ state: 'running', heads: ['main', 'aux'] }))
  services.emit('run-1', [startEvent()], 'cut')
  show(host, <GradientsPanel />)
  await user.click(screen.getByRole('button', { name: 'Look inside every 20 steps' }))
  expect(shownDocument()!.training['probeEvery']).toBe(20)

  const nodes = { input: {}, conv: { gradient: 1e-4 }, aux_pool: { gradient: 0.5 }, aux: { gradient: 0.4 } }
  const rest = { pool: { gradient: 0.01 }, main: { gradient: 0.1 } }
  services.emit('run-1', [probe({ ...nodes, ...rest }, { 'conv/kernel': { gradient: 2 } })])
  const list = await screen.findByRole('listbox')
  const options = () => within(list).getAllByRole('option').map((option) => option.getAttribute('aria-label')) // prettier-ignore
  expect(options()).toEqual(['Conv: 1.00e−4', 'Pool: 0.01', 'Main: 0.1'])
  expect(screen.getByRole('status').textContent).toContain('Conv: 1,000 times smaller than Main.')
  list.focus()
  await user.keyboard('{ArrowLeft}')
  expect(selection.getState().nodes).toEqual(['main'])
  await user.keyboard('{Home}')
  expect(selection.getState().nodes).toEqual(['conv'])
  expect(within(list).getByRole('option', { selected: true }).getAttribute('aria-label')).toBe('Conv: 1.00e−4')
  await user.click(screen.getByRole('radio', { name: 'At weights' }))
  await waitFor(() => expect(options()).toEqual(['Conv: 2']))
})
