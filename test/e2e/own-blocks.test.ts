import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { centre, drag, node, openApp, place, wire, type App } from './app.js'

let app: App
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

const totals = async () => (await app.page.getByRole('status', { name: 'Totals' }).textContent())?.split(' ')[0]
const nodes = () => app.page.locator('.react-flow__node').count()

/** Parameters of so many uses in a row, the first on three channels, all 3x3 with bias. */
function parameters(filters: number, uses: number): string {
  const twin = (channels: number) => 2 * (channels * 9 * filters + filters)
  return (twin(3) + (uses - 1) * twin(filters)).toLocaleString('en')
}

it('makes a block of two convolutions and an add, by the menu of the selection', async () => {
  const { page } = app
  await page.getByRole('button', { name: 'Empty net' }).click()
  await place(page, 'Input', 90, 110)
  await place(page, 'Conv 2D', 320, 60)
  await place(page, 'Conv 2D', 320, 200)
  await place(page, 'Add', 560, 120)
  await wire(page, 'input', 'conv2d')
  await wire(page, 'input', 'conv2d_2')
  await wire(page, 'conv2d', 'add')
  await wire(page, 'conv2d_2', 'add')
  await expect.poll(totals).toBe(parameters(64, 1))
  await node(page, 'conv2d').click()
  await node(page, 'conv2d_2').click({ modifiers: ['Shift'] })
  await node(page, 'add').click({ modifiers: ['Shift'] })
  await node(page, 'add').click({ button: 'right' })
  await page.getByRole('menuitem', { name: /Make block/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Make block' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Twin')
  await dialog.getByRole('checkbox', { name: 'Filters of conv2d, conv2d_2' }).press('Space')
  await dialog.getByRole('button', { name: 'Make block' }).click()
  await node(page, 'twin').waitFor()
  await expect.poll(async () => [await nodes(), await totals()]).toEqual([2, parameters(64, 1)])
  await expect.poll(() => node(page, 'twin').textContent()).toContain('filters 64')
})

it('uses it three times, edits it once inside, and every use follows', async () => {
  const { page } = app
  const mine = page.getByRole('region', { name: 'My blocks' }).getByRole('button', { name: 'Twin', exact: true })
  await mine.click()
  await mine.click()
  await node(page, 'twin_3').waitFor()
  await expect.poll(totals).toBe(parameters(64, 3))

  await node(page, 'twin_2').dblclick()
  await page.getByText('edits all 3 uses').waitFor()
  await node(page, 'conv2d').click()
  await page.getByRole('textbox', { name: 'Filters', exact: true }).fill('=filters/2')
  await expect.poll(() => node(page, 'conv2d').textContent()).toContain('32 · 3×3')
  await page.getByText(/Input 2 is 32×32×64, but input 1 is 32×32×32/).first().waitFor() // prettier-ignore
  await node(page, 'conv2d_2').click()
  await page.getByRole('textbox', { name: 'Filters', exact: true }).fill('=filters/2')
  await expect.poll(totals).toBe(parameters(32, 3))

  await page.getByRole('button', { name: 'Untitled', exact: true }).first().click()
  await node(page, 'twin_3').waitFor()
  await node(page, 'twin_3').click()
  await page.getByRole('textbox', { name: 'Filters', exact: true }).fill('65')
  await page.getByText(/must be a whole number, not 32\.5/).first().waitFor() // prettier-ignore
  await page.getByRole('textbox', { name: 'Filters', exact: true }).fill('64')
  await expect.poll(totals).toBe(parameters(32, 3))
})

it('keeps it in the library and as a file, where another net takes it', async () => {
  const { page, home } = app
  await page.getByRole('button', { name: 'More for Twin' }).click()
  await page.getByRole('menuitem', { name: 'Save to my library' }).click()
  await page.getByRole('status', { name: 'Messages' }).getByText(/in your library/).waitFor() // prettier-ignore
  const kept = readFileSync(join(home, 'blocks', 'twin.netblock'), 'utf8')
  await page.getByRole('button', { name: 'More for Twin' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Share as file' }).click(),
  ])
  expect(readFileSync(await download.path(), 'utf8')).toBe(kept)

  await page.getByRole('menu').waitFor({ state: 'detached' })
  await page.locator('.canvas .react-flow__pane').click({ position: { x: 20, y: 20 } })
  await page.keyboard.press('Alt+n')
  await expect.poll(nodes).toBe(0)
  await page.getByRole('region', { name: 'My blocks' }).getByRole('button', { name: 'Twin', exact: true }).click()
  await node(page, 'twin').waitFor()
  const shared = join(home, 'shared.netblock')
  writeFileSync(shared, kept.replaceAll('"twin"', '"pair"').replaceAll('"Twin"', '"Pair"'))
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Add a block from a file' }).click(),
  ])
  await chooser.setFiles(shared)
  await page.getByRole('region', { name: 'My blocks' }).getByRole('button', { name: 'Pair', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Tab Untitled, not saved', exact: true }).click()
  await node(page, 'twin_3').waitFor()
})

it('ungroups a use where it stands, and undoes all of it', async () => {
  const { page } = app
  const before = await centre(node(page, 'twin_3'))
  await drag(page, before, [before[0], before[1] + 120])
  await node(page, 'twin_3').click()
  await page.keyboard.press('Control+Shift+g')
  await node(page, 'conv2d_2').waitFor()
  await expect.poll(nodes).toBe(6)
  await expect.poll(totals).toBe(parameters(32, 3))
  for (let step = 0; (await nodes()) > 0 && step < 60; step++) await page.keyboard.press('Control+z')
  await expect.poll(nodes).toBe(0)
  expect(app.complaints).toEqual([])
})
