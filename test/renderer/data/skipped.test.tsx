// @vitest-environment jsdom
import '../browser.js'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import { Skipped } from '../../../src/renderer/panels/data/Skipped.js'

afterEach(cleanup)

it('lists what was left out, and of very many files the first and how many more', async () => {
  const files = Array.from({ length: 40_000 }, (_, i) => ({ file: `a/${i}.png`, reason: 'The file is empty.' }))
  render(<Skipped files={files} />)
  expect(screen.getByText('40,000 files were left out.')).toBeDefined()
  await userEvent.setup().click(screen.getByRole('button', { name: 'Show files' }))
  const items = (await screen.findAllByRole('listitem')).map(({ textContent }) => textContent)
  expect([items.length, items[0], items.at(-2), items.at(-1)]).toEqual([
    501,
    'a/0.png The file is empty.',
    'a/499.png The file is empty.',
    'and 39,500 more',
  ])
})
