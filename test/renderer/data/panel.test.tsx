// @vitest-environment jsdom
import '../browser.js'
import { cleanup, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import { AppError } from '../../../src/shared/errors.js'
import { DataPanel } from '../../../src/renderer/panels/data/DataPanel.js'
import { documents, shownDocument } from '../../../src/renderer/stores/document.js'
import { CLOTHES, fakeHost, openNet, show } from '../fake-host.js'

afterEach(() => {
  cleanup()
  documents.setState({ open: [] }, true)
})

it('shows classes with their counts, sizes, samples, how images are fitted, and what was left out', async () => {
  const user = userEvent.setup()
  const skipped = [{ file: 'coat/7.png', reason: 'ends after 12 bytes' }]
  openNet(3)
  show(fakeHost({ describe: async () => ({ ...CLOTHES, skipped }) }).host, <DataPanel />)
  const classes = await screen.findByRole('region', { name: 'Classes' })
  expect(
    within(classes)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual(['coat50', 'bag30', 'boot10'])
  expect(screen.getAllByRole('definition').map((d) => d.textContent)).toEqual(['28×28×1', '3', '90', '9'])
  const sample = within(screen.getByRole('group', { name: 'Sample images' })).getByRole('listitem')
  expect([sample.textContent, sample.querySelector('img')?.src]).toEqual(['bag', 'data:image/png;base64,iVBORw0KGgo='])
  screen.getByText('Images are fitted from 28×28 to 32×32, grey repeated to three channels.')
  await user.click(screen.getByRole('button', { name: 'Show files' }))
  const dialog = await screen.findByRole('dialog', { name: 'Files left out' })
  expect(within(dialog).getByRole('listitem').textContent).toBe('coat/7.png ends after 12 bytes')
})

it('says why data cannot be read and reads it again', async () => {
  const user = userEvent.setup()
  let tries = 0
  const describe = async () => {
    if (++tries === 1) throw new AppError('data/no-images', 'The folder flowers has no images.', 'Choose another.')
    return CLOTHES
  }
  openNet(3)
  show(fakeHost({ describe }).host, <DataPanel />)
  expect((await screen.findByRole('alert')).textContent).toContain('The folder flowers has no images. Choose another.')
  await user.click(screen.getByRole('button', { name: 'Read again' }))
  await screen.findByRole('region', { name: 'Classes' })
})

it('takes a path that is typed instead of walked to', async () => {
  const user = userEvent.setup()
  openNet(3)
  show(fakeHost().host, <DataPanel />)
  await user.click(await screen.findByRole('button', { name: /Data/ }))
  await user.click(await screen.findByRole('option', { name: /Choose folder or file/ }))
  const path = await screen.findByRole('textbox', { name: /Folder or file/ })
  await user.type(path, 'photos/flowers{Enter}')
  expect(shownDocument()?.training).toEqual({ data: 'photos/flowers' })
})
