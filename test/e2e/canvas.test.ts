import { afterAll, beforeAll, expect, it } from 'vitest'
import { centre, drag, node, openApp, place, wire, type App } from './app.js'

let app: App
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

it('builds a net by hand: drag, connect, a mismatch explained and mended, undo, save, open', async () => {
  const { page } = app
  const wires = page.locator('.react-flow__edge')
  await page.getByRole('button', { name: 'Empty net' }).click()
  await place(page, 'Input', 90, 110)
  await place(page, 'Conv 2D', 320, 60)
  await place(page, 'Conv 2D', 320, 200)
  await place(page, 'Concat', 560, 120)
  await node(page, 'concat').waitFor()

  await wire(page, 'input', 'conv2d')
  await wire(page, 'input', 'conv2d_2')
  await wire(page, 'conv2d', 'concat')
  await wire(page, 'conv2d_2', 'concat')
  await expect.poll(() => wires.count()).toBe(4)

  await node(page, 'conv2d_2').click()
  await page.getByRole('textbox', { name: 'Stride height' }).fill('2')
  const problems = page.getByRole('list', { name: 'Problems' })
  await problems.getByText(/Input 2 is 16[x×]16[x×]64, but input 1 is 32[x×]32[x×]64\./).waitFor()
  await problems.getByText(/Concat needs equal height and width/).waitFor()
  await expect.poll(() => page.locator('.node-error').count()).toBe(1)

  await page.getByRole('textbox', { name: 'Stride height' }).fill('1')
  await page.locator('.canvas .react-flow__pane').click({ position: { x: 20, y: 420 } })
  await expect.poll(() => page.locator('.node-error').count()).toBe(0)
  await expect.poll(() => node(page, 'concat').textContent()).toContain('32×32×128')
})

it('refuses a wire that would close a circle, with the reason', async () => {
  const { page } = app
  await wire(page, 'concat', 'conv2d')
  await page
    .getByRole('status', { name: 'Messages' })
    .getByText(/circle/)
    .waitFor()
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(4)
})

it('inserts a layer on a wire, undoes and redoes it', async () => {
  const { page } = app
  const wires = page.locator('.react-flow__edge')
  const [x, y] = await page
    .locator('.react-flow__edge[data-id="concat:0"] path')
    .first()
    .evaluate((path: SVGPathElement) => {
      const middle = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM() ?? undefined)
      return [middle.x, middle.y] as const
    })
  const box = await page.locator('.canvas').boundingBox()
  await place(page, 'ReLU', x - (box?.x ?? 0), y - (box?.y ?? 0))
  await node(page, 'relu').waitFor()
  await expect.poll(() => wires.count()).toBe(5)
  await page.keyboard.press('Control+z')
  await expect.poll(() => wires.count()).toBe(4)
  await page.keyboard.press('Control+Shift+z')
  await expect.poll(() => wires.count()).toBe(5)
})

it('makes one undo step of a drag', async () => {
  const { page } = app
  const before = await centre(node(page, 'concat'))
  await drag(page, before, [before[0] + 60, before[1] + 80])
  await expect.poll(async () => Math.round((await centre(node(page, 'concat')))[1] - before[1])).toBeGreaterThan(60)
  await page.keyboard.press('Control+z')
  await expect.poll(async () => Math.round((await centre(node(page, 'concat')))[1] - before[1])).toBe(0)
})

it('adds by search, duplicates, copies and deletes', async () => {
  const { page } = app
  const nodes = page.locator('.react-flow__node')
  await page.locator('.canvas .react-flow__pane').dblclick({ position: { x: 90, y: 420 } })
  await page.getByRole('combobox', { name: 'Add a layer or block' }).fill('residual')
  await page.keyboard.press('Enter')
  await node(page, 'residual').waitFor()
  await page.keyboard.press('Control+d')
  await node(page, 'residual_2').waitFor()
  const count = await nodes.count()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Control+v')
  await expect.poll(() => nodes.count()).toBe(2 * count)
  await page.keyboard.press('Delete')
  await expect.poll(() => nodes.count()).toBe(count)
})

it('saves, closes and opens again with every node and wire', async () => {
  const { page } = app
  const nodes = await page.locator('.react-flow__node').count()
  const wires = await page.locator('.react-flow__edge').count()
  await page.keyboard.press('Control+s')
  await page.getByRole('textbox', { name: 'Name', exact: true }).last().fill('by-hand')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved as by-hand').waitFor()
  await page.getByRole('button', { name: /^Close Untitled/ }).click()
  await page.getByRole('heading', { name: 'Start with a net' }).waitFor()
  await page.keyboard.press('Control+o')
  await page.getByRole('button', { name: /by-hand/ }).click()
  await expect.poll(() => page.locator('.react-flow__node').count()).toBe(nodes)
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(wires)
})

it('ran without a complaint of the page', () => {
  expect(app.complaints).toEqual([])
})
