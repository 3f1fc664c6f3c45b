import { afterAll, beforeAll, expect, it } from 'vitest'
import { centre, node, openApp, shot, type App } from './app.js'

let app: App
beforeAll(async () => {
  app = await openApp()
  await app.page
    .getByRole('button', { name: /Inception-mini/ })
    .first()
    .click()
  await app.page.getByText('No problems').waitFor()
})
afterAll(() => app.close())

const tip = () => app.page.getByRole('tooltip')

it('tells what the node under the pointer sees of the image, and draws it beside the input', async () => {
  const { page } = app
  await node(page, 'pool_1').hover()
  await expect.poll(() => tip().innerText()).toMatch(/Pool 1[\s\S]*16×16×16[\s\S]*Receptive field\s+5×5 px[\s\S]*Effective stride\s+2 px/) // prettier-ignore
  const picture = page.getByRole('img', { name: 'Of the 32×32 image, a place in the middle sees 5×5 px' })
  await picture.waitFor()
  await shot(page, 'receptive-field')
  const before = await centre(picture)
  await node(page, 'conv_2_relu').hover()
  const next = page.getByRole('img', { name: 'Of the 32×32 image, a place in the middle sees 9×9 px' })
  await next.waitFor()
  await expect.poll(() => centre(next)).toEqual(before)
})

it('tells the same of the node that the keyboard is at, and goes at Escape', async () => {
  const { page } = app
  await page.mouse.move(4, 4)
  await node(page, 'conv_1_bn').focus()
  await page.keyboard.press('Shift+Tab')
  await expect.poll(() => tip().innerText()).toMatch(/^Conv 1\n/)
  await page.keyboard.press('Escape')
  await expect.poll(() => tip().count()).toBe(0)
})

it('says H and W on wires and nodes of a net that takes images of any size', async () => {
  const { page } = app
  await node(page, 'input').click()
  for (const side of ['Height', 'Width']) {
    await page
      .getByRole('radiogroup', { name: `${side}: any size or a number of px` })
      .getByText('any')
      .click()
  }
  await expect.poll(() => node(page, 'pool_1').textContent()).toContain('H/2×W/2×16')
  // The keys of the window work where a choice has the keyboard.
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect.poll(() => node(page, 'pool_1').textContent()).toContain('16×16×16')
  expect(app.complaints).toEqual([])
})

it('joins a wire that is let go over a node to its free input', async () => {
  const { page } = app
  await page.keyboard.press('Alt+n')
  for (const [title, x] of [
    ['Input', 60],
    ['Conv 2D', 340],
  ] as const) {
    await page.getByRole('button', { name: title, exact: true }).dragTo(page.locator('.canvas'), { targetPosition: { x, y: 80 } }) // prettier-ignore
  }
  const from = await centre(page.getByLabel('Output of input', { exact: true }))
  const to = await centre(node(page, 'conv2d'))
  await page.mouse.move(...from)
  await page.mouse.down()
  await page.mouse.move(...to, { steps: 8 })
  await page.mouse.up()
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(1)
})
