// @vitest-environment jsdom
import '../browser.js'
import { act, cleanup, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { addNode } from '../../../src/shared/document/commands.js'
import { emptyDocument } from '../../../src/shared/document/document.js'
import { connect } from '../../../src/shared/document/wires.js'
import { Inspector } from '../../../src/renderer/panels/Inspector.js'
import { documents, edit, openDocument, shownDocument, undo } from '../../../src/renderer/stores/document.js'
import { select, selection } from '../../../src/renderer/stores/selection.js'
import { view } from '../../../src/renderer/stores/view.js'
import { fakeHost, show } from '../fake-host.js'

beforeEach(() => {
  documents.setState({ open: [] }, true)
  openDocument(emptyDocument())
  edit(addNode('input', [0, 0]))
  edit(addNode('conv2d', [240, 0]))
  edit(connect('input', 'conv2d'))
})
afterEach(cleanup)

const conv = () => shownDocument()?.nodes['conv2d']?.params
const box = (name: string) => screen.getByRole('textbox', { name })

async function type(name: string, text: string): Promise<void> {
  const user = userEvent.setup()
  await user.clear(box(name))
  await user.type(box(name), text)
}

it('changes a number as it is typed, in one step of undo, and the numbers follow', async () => {
  select(['conv2d'])
  show(fakeHost().host, <Inspector />)
  const numbers = () => screen.getByRole('region', { name: 'Numbers' }).textContent
  expect(numbers()).toContain('1,792')
  await type('Filters', '128')
  expect(conv()?.['filters']).toBe(128)
  expect(numbers()).toContain('3,584')
  undo()
  expect(conv()?.['filters']).toBe(64)
})

it('keeps the last good value and says what is wrong with the typed one', async () => {
  select(['conv2d'])
  show(fakeHost().host, <Inspector />)
  const wrong = [
    ['0', 'Must be 1 or more.'],
    ['2.5', 'Must be a whole number.'],
    ['x', 'Must be a number.'],
    ['99999999', 'Must be 65,536 or less.'],
  ] as const
  for (const [text, problem] of wrong) {
    await type('Filters', text)
    expect(screen.getByText(problem)).toBeDefined()
    expect(box('Filters').getAttribute('aria-invalid')).toBe('true')
  }
  expect(conv()?.['filters']).toBeGreaterThanOrEqual(1)
  console.log(`cases=${wrong.length}`)
})

it('changes height and width together until they are set apart, and choices and switches at once', async () => {
  const user = userEvent.setup()
  select(['conv2d'])
  show(fakeHost().host, <Inspector />)
  await type('Kernel height', '5')
  expect(conv()?.['kernel']).toEqual([5, 5])
  await user.click(screen.getByRole('button', { name: 'Kernel: set height and width apart' }))
  await type('Kernel width', '1')
  expect(conv()?.['kernel']).toEqual([5, 1])
  await user.click(screen.getByRole('radio', { name: 'valid' }))
  await user.click(screen.getByRole('switch', { name: 'Bias' }))
  expect([conv()?.['padding'], conv()?.['bias']]).toEqual(['valid', false])
})

it('shows the pixels on each side with explicit padding only, and takes a list of class weights', async () => {
  const user = userEvent.setup()
  select(['conv2d'])
  show(fakeHost().host, <Inspector />)
  expect(screen.queryByRole('group', { name: 'Pads' })).toBeNull()
  await user.click(screen.getByRole('radio', { name: 'explicit' }))
  await type('Pads bottom', '0')
  expect(conv()?.['pads']).toEqual([1, 0, 1, 1])
  edit(addNode('head', [480, 0]))
  act(() => select(['head']))
  const weights = screen.getByRole('textbox', { name: 'Class weights' })
  await user.type(weights, '1, 2.5 x')
  expect(screen.getByText('Class weights must be a number, not "x".')).toBeTruthy()
  expect(shownDocument()?.nodes['head']?.params['class_weights']).toEqual([1, 2.5])
})

it('takes any size for an image', async () => {
  const user = userEvent.setup()
  select(['input'])
  show(fakeHost().host, <Inspector />)
  await user.click(within(screen.getByRole('radiogroup', { name: /^Height/ })).getByRole('radio', { name: 'any' }))
  expect(shownDocument()?.nodes['input']?.params['height']).toBeNull()
})

it('renames a node with its wires, and refuses a name that is taken or cannot be one', async () => {
  const user = userEvent.setup()
  select(['conv2d'])
  show(fakeHost().host, <Inspector />)
  await type('Name', 'input')
  expect(screen.getByText('There is a node input already.')).toBeDefined()
  await type('Name', '3x3')
  expect(screen.getByText('Small letters, digits and _ only, a letter first.')).toBeDefined()
  await type('Name', 'stem')
  await user.keyboard('{Enter}')
  expect(shownDocument()?.wires).toEqual([{ from: 'input', to: 'stem', input: 0 }])
  expect(selection.getState().nodes).toEqual(['stem'])
})

it('sums up several nodes, the document, and opens a block', async () => {
  const user = userEvent.setup()
  edit(addNode('residual', [480, 0]))
  edit(connect('conv2d', 'residual'))
  show(fakeHost().host, <Inspector />)
  expect(screen.getByRole('region', { name: 'Numbers' }).textContent).toContain('Nodes3')
  select(['input', 'conv2d'])
  expect(await screen.findByRole('heading', { name: '2 nodes selected' })).toBeDefined()
  expect(screen.getByRole('region', { name: 'Together' }).textContent).toContain('Parameters1,792')
  select(['residual'])
  await user.click(await screen.findByRole('button', { name: 'Open block' }))
  expect(view.getState().inside).toBe('residual')
})
