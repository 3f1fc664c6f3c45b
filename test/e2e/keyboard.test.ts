import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openApp, type App } from './app.js'

let app: App
beforeAll(async () => {
  app = await openApp()
  // Whoever uses a mouse after all is found out.
  await app.page.addInitScript(() => addEventListener('pointerdown', () => console.error('a mouse was used')))
  await app.page.reload()
  await app.page.getByRole('heading', { name: 'Start with a net' }).waitFor()
})
afterAll(() => app.close())

/** What has the keyboard: its role or element and its name. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement as HTMLElement
    const labelled = (at.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id))
    const own = labelled.map((label) => label?.innerText ?? '').join(' ').trim() // prettier-ignore
    const label = at.id === '' ? undefined : document.querySelector<HTMLElement>(`label[for="${CSS.escape(at.id)}"]`)
    const role = at.getAttribute('role') ?? at.tagName.toLowerCase()
    const said = at.getAttribute('aria-label') ?? (own || label?.innerText || at.innerText)
    return `${role} ${role === 'row' ? at.innerText : said}`.replace(/\s+/g, ' ').trim()
  })
}

/** Whether what has the keyboard is marked and in sight: an outline on it, in it or around it. */
function isMarked(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const at = document.activeElement
    if (!at || at === document.body) return false
    if (at.getAttribute('role') === 'dialog') return true // it stands before everything else
    const near = [at, ...at.querySelectorAll('*'), at.parentElement, at.parentElement?.parentElement]
    const marked = near.some((element) => {
      if (!element) return false
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1
    })
    const { top, left, bottom, right } = at.getBoundingClientRect()
    return marked && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
  })
}

let stops = 0
const unmarked: string[] = []

/** Press a key; whatever has the keyboard then must show it, once the window has answered. */
async function press(key: string): Promise<string> {
  await app.page.keyboard.press(key)
  stops++
  const marked = await expect.poll(() => isMarked(app.page), { timeout: 30_000 }).toBe(true).then(() => true, () => false) // prettier-ignore
  const at = await focused(app.page)
  if (!marked) unmarked.push(`${key}: ${at.slice(0, 100)}`)
  return at
}

/** Press a key until something of this name has the keyboard. */
async function pressUntil(key: string, wanted: RegExp, most = 60): Promise<void> {
  const seen = [await focused(app.page)]
  while (!wanted.test(seen.at(-1)!)) {
    if (seen.length > most) throw new Error(`${key} does not lead to ${wanted}, but to: ${seen.join(' | ')}`)
    seen.push(await press(key))
  }
}

/** Go round the parts of the window until the keyboard is in one. */
async function goTo(part: string): Promise<void> {
  const inside = () => app.page.evaluate((css) => document.activeElement?.closest(css) !== null, part)
  for (let i = 0; i < 6 && !(await inside()); i++) await press('F6')
  expect(await inside(), part).toBe(true)
}

/** Search a layer and add it behind the selected node. */
async function add(title: string): Promise<void> {
  await press('Control+k')
  await app.page.keyboard.type(title)
  await press('Enter')
  await app.page.keyboard.press('Control+a')
  await app.page.keyboard.press('Delete')
}

/** Select a node in the outline. */
async function choose(title: string): Promise<void> {
  await press('Alt+o')
  await pressUntil('Shift+Tab', /Search nodes/)
  await app.page.keyboard.press('Control+a')
  await app.page.keyboard.type(title)
  await pressUntil('Tab', /^row /)
  if (!(await focused(app.page)).startsWith(`row ${title}`)) await press('ArrowDown')
  await press('Space')
}

/** Choose a node in a row of the inspector's wires. */
async function wire(row: RegExp, title: string): Promise<void> {
  await goTo('#inspector')
  await pressUntil('Tab', row)
  await press('Enter')
  await app.page.keyboard.type(title)
  await press('Enter')
}

const errors = () => app.page.locator('.node-error').count()

it('starts with a template', async () => {
  await goTo('#canvas')
  await pressUntil('Tab', /Start with Inception-mini/)
  await press('Enter')
  await app.page.getByText(/168,046 parameters/).waitFor()
})

it('adds layers by search behind the selected one, and wires them', async () => {
  const { page } = app
  await choose('Conv 2 relu')
  await add('Conv 2D')
  await add('Add')
  await page.getByRole('group', { name: /^add,/ }).waitFor()
  await wire(/Add input/, 'Conv 2 relu')
  await wire(/Connect to/, 'Inception 1a')
  await expect.poll(errors).toBeGreaterThan(0)
})

it('changes a parameter', async () => {
  await choose('Conv2d')
  await goTo('#inspector')
  await pressUntil('Tab', /Filters/)
  await app.page.keyboard.press('Control+a')
  await app.page.keyboard.type('48')
  await press('Tab')
  await expect.poll(() => app.page.getByRole('group', { name: /^conv2d,/ }).textContent()).toContain('16×16×48')
})

it('fixes the problem from the list', async () => {
  await goTo('#dock')
  await pressUntil('Tab', /^button (Insert|Set|Change|Connect)/)
  await press('Enter')
  await app.page.getByText('No problems').waitFor()
  await expect.poll(errors).toBe(0)
})

it('trains, looking inside, and has the charts as tables', async () => {
  const { page } = app
  await goTo('#dock')
  await pressUntil('Shift+Tab', /^tab /)
  await pressUntil('ArrowRight', /^tab Training/)
  await pressUntil('Tab', /Epochs/)
  await page.keyboard.press('Control+a')
  await page.keyboard.type('1')
  await pressUntil('Tab', /More settings/)
  await press('Enter')
  await pressUntil('Tab', /Look inside every/)
  await page.keyboard.press('Control+a')
  await page.keyboard.type('20')
  await press('Tab')
  await train()
  const loss = page.getByRole('table', { name: 'Loss per head' })
  await loss.getByRole('cell').first().waitFor({ state: 'attached' })
  expect(await loss.getByRole('row').count()).toBeGreaterThan(1)
})

async function train(): Promise<void> {
  const top = app.page.getByRole('group', { name: 'Training', exact: true })
  await top.locator('button:enabled', { hasText: /^Train$/ }).waitFor()
  await goTo('.top')
  await pressUntil('Tab', /^button Train$/)
  await press('Enter')
  await top.getByRole('button', { name: 'Pause' }).waitFor()
  await top.locator('button:enabled', { hasText: /^Train$/ }).waitFor({ timeout: 300_000 })
}

it('finds where the gradient is smallest: the outline says it for every node', async () => {
  const { page } = app
  await press('Alt+o')
  await pressUntil('Shift+Tab', /Search nodes/)
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await pressUntil('Tab', /^row /)
  await press('Home')
  const gradients = new Map<string, number>()
  for (let at = await focused(page), before = ''; at !== before; before = at, at = await press('ArrowDown')) {
    const found = /gradient ([\d.]+(e−\d+)?)/.exec(at)?.[1]
    if (found !== undefined) gradients.set(at, Number(found.replace('−', '-')))
  }
  console.log(`nodes with a gradient: ${gradients.size}`)
  expect(gradients.size).toBeGreaterThan(20)
  const [smallest] = [...gradients].sort(([, a], [, b]) => a - b)
  console.log(`smallest: ${smallest?.[0]}`)
  await page.getByText('Gradient by output, RMS').waitFor()
})

it('compares with a second run', async () => {
  const { page } = app
  await train()
  await goTo('#dock')
  await pressUntil('Shift+Tab', /^tab /)
  await pressUntil('ArrowRight', /^tab Runs/)
  await pressUntil('Tab', /^row /)
  await press('Home')
  await pressUntil('ArrowRight', /Compare with the run before/)
  await press('Enter')
  await page.getByRole('dialog').getByRole('table', { name: 'Results of the runs' }).waitFor()
  await press('Escape')
})

it('exports, and is told how exactly the file agrees', async () => {
  const { page } = app
  await goTo('.top')
  await pressUntil('Tab', /^button Export$/)
  await press('Enter')
  await page.getByRole('dialog').waitFor()
  await pressUntil('Tab', /^button Export$/)
  await press('Enter')
  await page.getByText(/Largest difference/).waitFor({ timeout: 300_000 })
  await press('Escape')
})

it('showed the keyboard’s place at every stop', () => {
  console.log(`stops=${stops}`)
  expect(unmarked).toEqual([])
  expect(app.complaints).toEqual([])
})
