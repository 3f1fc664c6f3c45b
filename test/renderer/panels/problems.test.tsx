// @vitest-environment jsdom
import '../browser.js'
import { cleanup, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Inspector } from '../../../src/renderer/panels/Inspector.js'
import { ProblemsPanel } from '../../../src/renderer/panels/Problems.js'
import { documents, openDocument, shownDocument } from '../../../src/renderer/stores/document.js'
import { select } from '../../../src/renderer/stores/selection.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { graphOf } from '../../shared/graph-of.js'
import { fakeHost, show } from '../fake-host.js'

beforeEach(() => documents.setState({ open: [] }, true))
afterEach(cleanup)

const numbers = (name = 'Numbers') =>
  [...screen.getByRole('region', { name }).querySelectorAll('.figures-row')].map((row) =>
    [...row.children].map(({ textContent }) => textContent),
  )

it('lists hints below the problems, one line for each kind, and mends all of a kind at once', async () => {
  openDocument(
    graphOf({
      input: ['input', { height: 8, width: 8 }],
      a: ['conv2d', {}, 'input'],
      a_norm: ['batch_norm', {}, 'a'],
      b: ['conv2d', {}, 'a_norm'],
      b_norm: ['batch_norm', {}, 'b'],
      flat: ['flatten', {}, 'b_norm'],
      logits: ['dense', { units: 3 }, 'flat'],
      main: ['head', { weight: 0 }, 'logits'],
    }),
  )
  show(fakeHost().host, <ProblemsPanel />)
  expect(within(screen.getByRole('list', { name: 'Problems' })).getAllByRole('listitem')).toHaveLength(1)
  const hints = within(screen.getByRole('list', { name: 'Hints' })).getAllByRole('listitem')
  expect(hints.map((hint) => hint.textContent)).toEqual([
    'A adds a bias that a_norm takes away again: 64 parameters without effect.Batch norm subtracts the mean of each channel and has an offset of its own. So at 1 more.Leave out the bias, and 1 more',
  ])
  await userEvent.click(within(hints[0]!).getByRole('button', { name: 'Leave out the bias, and 1 more' }))
  expect([shownDocument()!.nodes['a']!.params['bias'], shownDocument()!.nodes['b']!.params['bias']]).toEqual([
    false,
    false,
  ])
  expect(screen.queryByRole('list', { name: 'Hints' })).toBe(null)
})

it('shows depth, memory and the sizes that work for the whole net', () => {
  openDocument(buildTemplate(templateOf('resnet-50')!))
  show(fakeHost().host, <Inspector />)
  expect(numbers().filter(([name]) => /Depth|Shortest|per byte/.test(name!))).toEqual([
    ['Depth', '50 layers'],
    ['Shortest way back', '6 layers'],
    ['Operations per byte', '25'],
  ])
  expect(screen.getByText('Works from 1 px on; multiples of 32 keep every stage whole.')).toBeDefined()
  expect(numbers('Memory for 32 images, momentum').map(([name]) => name)).toEqual([
    'Weights',
    'Gradients',
    'Optimizer',
    'Activations, about',
    'Training, about',
  ])
})

it('shows what a layer sees of the image', () => {
  openDocument(buildTemplate(templateOf('resnet-50')!))
  show(fakeHost().host, <Inspector />)
  select(['stage_1_block_1'])
  cleanup()
  show(fakeHost().host, <Inspector />)
  expect(numbers().filter(([name]) => /Receptive|stride|Padding/.test(name!))).toEqual([
    ['Receptive field', '19×19 px'],
    ['Effective stride', '4 px'],
  ])
  const picture = 'Of the 224×224 image, a place in the middle sees 19×19 px'
  expect(screen.getByRole('img', { name: picture })).toBeDefined()
})

it('writes open sizes as functions of the image', () => {
  openDocument(buildTemplate(templateOf('resnet-50')!, { height: null, width: 200 }))
  select(['pool_1'])
  show(fakeHost().host, <Inspector />)
  expect(numbers().find(([name]) => name === 'Out')).toEqual(['Out', '⌈H/4⌉×50×64'])
})

it('says that multiply-adds depend on the image where its size is open, and counts them where it is not', () => {
  openDocument(
    graphOf({
      input: ['input', { height: null, width: null }],
      conv: ['conv2d', { filters: 4 }, 'input'],
      pool: ['global_average_pool', {}, 'conv'],
      logits: ['dense', { units: 5 }, 'pool'],
      main: ['head', {}, 'logits'],
    }),
  )
  const work = (ids: readonly string[], title?: string) => {
    select(ids)
    show(fakeHost().host, <Inspector />)
    const found = numbers(title).find(([name]) => name === 'Multiply-adds')?.[1]
    cleanup()
    return found
  }
  expect([work([]), work(['conv']), work(['logits']), work(['conv', 'logits'], 'Together')]).toEqual([
    'depend on the image',
    'depend on the image',
    '20',
    'depend on the image',
  ])
})
