// @vitest-environment jsdom
import '../browser.js'
import { act, cleanup, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { setParam } from '../../../src/shared/document/commands.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { actionsOf } from '../../../src/renderer/actions.js'
import { Inspector } from '../../../src/renderer/panels/Inspector.js'
import { PaperBadge } from '../../../src/renderer/panels/paper/PaperBadge.js'
import { ProblemsPanel } from '../../../src/renderer/panels/Problems.js'
import { documents, edit, openDocument, shownDocument } from '../../../src/renderer/stores/document.js'
import { closeHelp } from '../../../src/renderer/stores/help.js'
import { select, selection } from '../../../src/renderer/stores/selection.js'
import { fakeHost, show } from '../fake-host.js'

beforeEach(() => {
  documents.setState({ open: [] }, true)
  openDocument(buildTemplate(templateOf('resnet-18')!))
  selection.setState({ nodes: [], wires: [] }, true)
  closeHelp()
})
afterEach(cleanup)

const page = () => screen.getByRole('article')

it('shows help on what is selected, and follows the selection', async () => {
  const { host } = fakeHost()
  select(['stage_2_block_1'])
  show(host, <Inspector />)
  act(() =>
    actionsOf(host)
      .find(({ id }) => id === 'help')!
      .run(),
  )
  expect(within(page()).getByRole('heading', { name: 'Residual' })).toBeDefined()
  expect(within(page()).getByRole('img', { name: 'The inside of Residual' })).toBeDefined()
  expect(within(page()).getByText(/He et al. 2016, “Deep Residual Learning/)).toBeDefined()
  act(() => select(['pool_1']))
  expect(within(page()).getByRole('heading', { name: 'Max pool' })).toBeDefined()
  expect(within(page()).getByText(/MaxPooling2D\(pool_size=\(2, 2\)/)).toBeDefined()
})

it('lists all pages, finds one by name, and opens its example on the canvas', async () => {
  const user = userEvent.setup()
  show(fakeHost().host, <Inspector />)
  await user.click(screen.getByRole('radio', { name: 'Help' }))
  await user.type(screen.getByRole('searchbox', { name: 'Search help' }), 'squeeze and')
  await user.click(screen.getByRole('button', { name: 'Squeeze and excite' }))
  await user.click(screen.getByRole('button', { name: 'Open the example' }))
  expect(shownDocument()?.name).toBe('Example of Squeeze and excite')
  expect(shownDocument()?.nodes['example']?.type).toBe('squeeze_excite')
  await user.click(screen.getByRole('radio', { name: 'Settings' }))
  expect(screen.queryByRole('article')).toBe(null)
})

it('leads from a problem to the page of its node', async () => {
  const user = userEvent.setup()
  edit(setParam('conv_1', 'filters', 0))
  show(
    fakeHost().host,
    <>
      <ProblemsPanel />
      <Inspector />
    </>,
  )
  await user.click(screen.getAllByRole('button', { name: 'Help on Conv 1' })[0]!)
  expect([selection.getState().nodes, within(page()).getByRole('heading', { name: 'Conv 2D' })]).toEqual([
    ['conv_1'],
    expect.anything(),
  ])
})

it('shows the paper check in green, then the layer that deviates, one press away', async () => {
  const user = userEvent.setup()
  show(
    fakeHost().host,
    <>
      <PaperBadge />
      <Inspector />
    </>,
  )
  const section = () => screen.getByRole('region', { name: 'Paper check' }).textContent
  expect(section()).toContain('Matches the published numbers: 11,699,112 parameters')
  act(() => edit(setParam('stage_3_block_1', 'width', 200)))
  expect(section()).toContain('stage_3_block_1/conv_1 has filters 200, in the paper')
  await user.click(screen.getByRole('button', { name: /^ResNet-18: Not the paper/ }))
  expect(selection.getState().nodes).toEqual(['stage_3_block_1'])
})
