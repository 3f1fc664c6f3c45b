// @vitest-environment jsdom
import '../browser.js'
import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { addNode } from '../../../src/shared/document/commands.js'
import { emptyDocument } from '../../../src/shared/document/document.js'
import { connect } from '../../../src/shared/document/wires.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { Inspector } from '../../../src/renderer/panels/Inspector.js'
import { LeftSide } from '../../../src/renderer/panels/LeftSide.js'
import { documents, edit, openDocument, shownDocument } from '../../../src/renderer/stores/document.js'
import { select, selection } from '../../../src/renderer/stores/selection.js'
import { showSide, view } from '../../../src/renderer/stores/view.js'
import { fakeHost, show } from '../fake-host.js'

beforeEach(() => {
  documents.setState({ open: [] }, true)
  showSide('add')
})
afterEach(cleanup)

const wires = () => shownDocument()!.wires.map(({ from, to, input }) => `${from}>${to}:${input}`)

/** Open a choice of the inspector, search, and take what is found first. */
async function choose(label: RegExp, search: string): Promise<void> {
  const user = userEvent.setup()
  const button = await screen.findByRole('button', { name: label })
  button.focus()
  await user.keyboard('{Enter}')
  expect(document.activeElement).toBe(await screen.findByRole('combobox'))
  await user.keyboard(`${search}{Enter}`)
}

it('draws, changes and removes wires with keys alone', async () => {
  openDocument(emptyDocument())
  for (const type of ['input', 'conv2d', 'relu', 'add']) edit(addNode(type, [0, 0]))
  select(['conv2d'])
  show(fakeHost().host, <Inspector />)
  await choose(/^Input:/, 'input')
  await choose(/^Connect to:/, 'add')
  await choose(/^Connect to:/, 'relu')
  expect(wires()).toEqual(['input>conv2d:0', 'conv2d>add:0', 'conv2d>relu:0'])
  await choose(/^Output 2: ReLU/, 'add')
  expect(wires()).toEqual(['input>conv2d:0', 'conv2d>add:0', 'conv2d>add:1'])

  select(['add'])
  await choose(/^Input 1: Conv 2D/, 'relu')
  await choose(/^Add input:/, 'conv')
  expect(wires()).toEqual(['input>conv2d:0', 'conv2d>add:1', 'relu>add:0', 'conv2d>add:2'])
  const user = userEvent.setup()
  const last = await screen.findByRole('button', { name: /^Input 3: Conv 2D/ })
  last.focus()
  await user.keyboard('{Enter}')
  await user.keyboard('{ArrowUp}'.repeat(9) + '{ArrowDown}'.repeat(9) + '{Enter}')
  expect(wires()).toEqual(['input>conv2d:0', 'conv2d>add:1', 'relu>add:0'])
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^(Input|Add input)/))
})

it('offers only nodes that close no circle', async () => {
  const user = userEvent.setup()
  openDocument(emptyDocument())
  for (const type of ['input', 'relu', 'tanh', 'head']) edit(addNode(type, [0, 0]))
  edit(connect('relu', 'tanh'))
  select(['relu'])
  show(fakeHost().host, <Inspector />)
  await user.click(screen.getByRole('button', { name: /^Input:/ }))
  const titles = within(await screen.findByRole('listbox')).getAllByRole('option')
  expect(titles.map((option) => option.textContent)).toEqual(['Input'])
  await user.keyboard('{Escape}')
  expect(document.activeElement).toBe(screen.getByRole('button', { name: /^Input:/ }))
})

it('lists every node in the order of the wires with setting, shape and problem, and selects with the arrows', async () => {
  const user = userEvent.setup()
  openDocument(buildTemplate(templateOf('inception-mini')!))
  edit(addNode('add', [0, 0]))
  show(fakeHost().host, <LeftSide />)
  await user.click(screen.getByRole('tab', { name: 'Outline' }))
  const rows = within(screen.getByRole('grid', { name: 'Nodes' })).getAllByRole('row')
  expect(rows).toHaveLength(Object.keys(shownDocument()!.nodes).length)
  const shown = new Map(rows.map((row) => [row.getAttribute('aria-label'), row.textContent]))
  expect([...shown.keys()].filter((name) => name !== 'Add').slice(0, 3)).toEqual(['Input', 'Conv 1', 'Conv 1 bn'])
  expect(shown.get('Conv 1')).toBe('Conv 132×32×1616 · 3×3, same')
  expect(shown.get('Add')).toContain('add has no input')
  await user.tab()
  expect(document.activeElement?.getAttribute('type')).toBe('search')
  await user.keyboard('inception')
  expect(screen.getAllByRole('row').map((row) => row.getAttribute('aria-label'))).toEqual(
    ['1a', '1b', '2a', '2b', '3a'].map((name) => `Inception ${name}`),
  )
  await user.tab()
  await user.keyboard('{ArrowDown}{ArrowDown}')
  expect(selection.getState().nodes).toEqual(['inception_2a'])
  await user.keyboard('{Shift>}{ArrowDown}{/Shift}')
  expect(selection.getState().nodes).toEqual(['inception_2a', 'inception_2b'])
  await user.keyboard('{Enter}')
  expect(view.getState().inside).toBe('inception_2b')
})
