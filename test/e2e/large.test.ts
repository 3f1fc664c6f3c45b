import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { emptyDocument, type Document } from '../../src/shared/document/document.js'
import { print } from '../../src/shared/document/file.js'
import { centre, drag, node, openApp, shot, type App } from './app.js'

/** A chain of 1,000 nodes in rows of 25: convolution, batch norm and ReLU in turn, pooled and classified at the end. */
function longChain(): Document {
  const nodes: Record<string, Document['nodes'][string]> = {}
  const wires: Document['wires'][number][] = []
  let last: string | undefined
  const add = (id: string, type: string, params: Record<string, unknown>) => {
    const index = Object.keys(nodes).length
    nodes[id] = { type, params, at: [(index % 25) * 208, Math.floor(index / 25) * 160] }
    if (last !== undefined) wires.push({ from: last, to: id, input: 0 })
    last = id
  }
  add('input', 'input', { height: 16, width: 16, channels: 3 })
  for (let i = 1; i < 997; i++) {
    const type = (['conv2d', 'batch_norm', 'relu'] as const)[(i - 1) % 3] as string
    add(`n_${i}`, type, type === 'conv2d' ? { filters: 8, kernel: [3, 3] } : {})
  }
  add('pool', 'global_average_pool', {})
  add('logits', 'dense', { units: 10 })
  add('main', 'head', {})
  return { ...emptyDocument('long-chain'), nodes, wires }
}

/** Id of the convolution among these nodes that lies nearest to the middle of the canvas. */
async function nearTheMiddle(page: Page, nodes: Locator): Promise<string> {
  const [x, y] = await centre(page.locator('.canvas'))
  const found: { id: string; distance: number }[] = []
  for (const one of await nodes.all()) {
    const [left, top] = await centre(one)
    const id = /^n_\d+/.exec((await one.getAttribute('aria-label')) ?? '')?.[0]
    if (id !== undefined && Number(id.slice(2)) % 3 === 1) found.push({ id, distance: Math.hypot(left - x, top - y) })
  }
  const nearest = found.sort((a, b) => a.distance - b.distance)[0]
  if (nearest === undefined) throw new Error('no node is drawn')
  return nearest.id
}

let app: App
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

it('opens 1,000 nodes and stays usable: select, edit, drag, undo', async () => {
  const { page } = app
  const file = join(app.home, 'long-chain.netwright.json')
  writeFileSync(file, print(longChain()))
  await page.keyboard.press('Control+o')
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file)
  await page.getByText(/1,?000 nodes/).waitFor()
  await shot(page, 'thousand-nodes')

  await page.getByRole('button', { name: 'Zoom to 100 %' }).click()
  const some = page.getByRole('group', { name: /^n_\d+,/ })
  await some.first().waitFor()
  const target = node(page, await nearTheMiddle(page, some))
  await target.click()
  await page.getByRole('textbox', { name: 'Filters' }).fill('16')
  await page.keyboard.press('Tab')
  await expect.poll(() => target.textContent()).toContain('16')
  const before = await centre(target)
  await drag(page, before, [before[0] + 30, before[1] + 30])
  await expect.poll(async () => Math.round((await centre(target))[0] - before[0])).toBeGreaterThan(15)
  await page.keyboard.press('Control+z')
  await expect.poll(async () => Math.abs((await centre(target))[0] - before[0])).toBeLessThan(2)
  expect(app.complaints).toEqual([])
})
