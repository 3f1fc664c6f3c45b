import { mkdirSync } from 'node:fs'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { node, openApp, place, shot, SHOTS, violations, wire, type App } from './app.js'

let app: App | undefined
beforeAll(() => mkdirSync(SHOTS, { recursive: true }))
afterEach(() => app?.close())

const LOOKS = [
  { width: 1280, height: 800, dark: false },
  { width: 1280, height: 800, dark: true },
  { width: 1920, height: 1080, dark: false },
  { width: 1920, height: 1080, dark: true },
]

it.each(LOOKS)('own blocks fit and are accessible: $width px, dark $dark', async (size) => {
  app = await openApp(size)
  const { page } = app
  const look = async (name: string) => {
    await shot(page, `own-blocks-${name}-${size.dark ? 'dark' : 'light'}-${size.width}`)
    expect(await violations(page), name).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth), name).toBe(false)
  }
  await page.getByRole('button', { name: 'Empty net' }).click()
  await place(page, 'Input', 90, 60)
  await place(page, 'Conv 2D', 320, 60)
  await place(page, 'Conv 2D', 320, 200)
  await place(page, 'Add', 560, 120)
  for (const conv of ['conv2d', 'conv2d_2']) {
    await wire(page, 'input', conv)
    await wire(page, conv, 'add')
  }
  await node(page, 'conv2d').click()
  await node(page, 'add').click({ modifiers: ['Shift'] })
  await node(page, 'add').click({ button: 'right' })
  await page.getByRole('menu').waitFor()
  await look('menu')
  await page.getByRole('menuitem', { name: /Make block/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Make block' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Sum')
  await dialog.getByRole('checkbox', { name: 'Filters of conv2d' }).press('Space')
  await dialog.getByRole('checkbox', { name: 'Kernel of conv2d' }).press('Space')
  await look('dialog')
  await dialog.getByRole('button', { name: 'Make block' }).click()
  await node(page, 'sum').waitFor()
  await look('made')
  await page.keyboard.press('Control+Enter')
  await node(page, 'in').waitFor()
  await look('inside')
  await node(page, 'conv2d').click()
  await page.getByRole('textbox', { name: 'Filters', exact: true }).fill('=filters*2')
  await page.getByRole('textbox', { name: 'Filters', exact: true }).blur()
  await look('formula')
  await page.getByRole('button', { name: 'Stride: value or formula' }).click()
  await page.getByRole('menu').waitFor()
  await look('row-menu')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await node(page, 'sum').waitFor()
  await page.getByRole('button', { name: 'More for Sum' }).click()
  await page.getByRole('menuitem', { name: 'Save to my library' }).waitFor()
  await look('palette')
  expect(app.complaints).toEqual([])
})
