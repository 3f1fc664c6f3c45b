import { mkdirSync } from 'node:fs'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openApp, shot, SHOTS, violations, type App } from './app.js'

let app: App | undefined
beforeAll(() => mkdirSync(SHOTS, { recursive: true }))
afterEach(() => app?.close())

/** Bars and panels must neither overlap nor leave the window. */
async function outside(page: App['page']): Promise<boolean> {
  return page.evaluate(
    () =>
      document.documentElement.scrollWidth > window.innerWidth ||
      document.documentElement.scrollHeight > window.innerHeight,
  )
}

for (const dark of [false, true])
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const) {
    const theme = dark ? 'dark' : 'light'
    describe(`${theme} at ${width}x${height}`, () => {
      it('every screen fits, is accessible and keeps the content security policy', async () => {
        app = await openApp({ width, height, dark })
        const { page } = app
        const look = async (name: string) => {
          await shot(page, `${name}-${theme}-${width}`)
          expect(await violations(page), name).toEqual([])
          expect(await outside(page), name).toBe(false)
        }
        await look('welcome')
        await page.getByRole('button', { name: 'All templates' }).click()
        await page.getByRole('dialog').waitFor()
        await look('gallery')
        await page.getByRole('searchbox', { name: 'Search templates and blocks' }).fill('squeeze and excite')
        await page.getByRole('article', { name: 'Help on Squeeze and excite' }).waitFor()
        await look('gallery-block')
        await page.keyboard.press('Escape')
        await page
          .getByRole('button', { name: /Inception-mini/ })
          .first()
          .click()
        await page.getByText('No problems').waitFor()
        await look('problems')
        for (const tab of ['Training', 'Gradients', 'Data', 'Runs', 'Results']) {
          await page.getByRole('tab', { name: tab }).click()
          await look(tab.toLowerCase())
        }
        await page.getByRole('group', { name: /^conv_1,/ }).click()
        await look('inspector')
        await page.keyboard.press('F1')
        await page.getByRole('article', { name: 'Help on Conv 2D' }).waitFor()
        await look('help')
        await page.keyboard.press('F1')
        await page.getByRole('tab', { name: 'Outline' }).click()
        await page
          .getByRole('row', { name: /^Conv 1\b/ })
          .first()
          .waitFor()
        await look('outline')
        await page.getByRole('button', { name: 'Main menu' }).click()
        await page.getByRole('menuitem', { name: 'About Netwright' }).click()
        await page.getByRole('region', { name: 'Licences' }).waitFor()
        await look('about')
        expect(app.complaints).toEqual([])
      })
    })
  }
