import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TrainingEvent } from '../../src/shared/training/events.js'
import { node, openApp, shot, SHOTS, violations, type App } from './app.js'

let app: App
beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  app = await openApp()
})
afterAll(() => app.close())

const button = (name: string) => app.page.getByRole('button', { name, exact: true })
const training = () => app.page.getByRole('group', { name: 'Training', exact: true })

function events(): readonly TrainingEvent[] {
  const runs = join(app.home, 'runs')
  const lines = readFileSync(join(runs, readdirSync(runs)[0]!, 'events.jsonl'), 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => JSON.parse(line) as TrainingEvent)
}

const lastStep = () => events().findLast((event) => event.type === 'step')?.step ?? 0

it('colours the canvas by the gradients that a run saw, and tells them in the inspector', async () => {
  const { page } = app
  await page
    .getByRole('button', { name: /Inception-mini/ })
    .first()
    .click()
  await page.getByRole('tab', { name: 'Training' }).click()
  await button('More settings').click()
  await page.getByRole('textbox', { name: 'Look inside every' }).fill('5')
  await training().getByRole('button', { name: 'Train', exact: true }).click()
  await page.getByRole('switch', { name: 'Gradient heat' }).waitFor({ timeout: 300_000 })
  await node(page, 'conv_1').click()
  await page.getByText('Kernel: gradient norm').waitFor()
  expect(await node(page, 'conv_1').locator('.heat-mark').count()).toBe(1)
  await shot(page, 'heat')
  expect(await violations(page)).toEqual([])
  await page.getByText('Gradient heat').click()
  await expect.poll(() => page.locator('.heat-mark').count()).toBe(0)
  await page.getByText('Gradient heat').click()
})

it('pauses, and goes on from there in a window that was opened anew', async () => {
  const { page } = app
  await training().getByRole('button', { name: 'Pause', exact: true }).click()
  await button('Resume').waitFor()
  const paused = lastStep()
  expect(events().at(-1)).toMatchObject({ type: 'end', reason: 'stopped', step: paused })
  await page.reload()
  await button('Open it').click()
  await page.getByRole('tab', { name: 'Training' }).click()
  await button('Resume').click()
  await button('Pause training').waitFor({ timeout: 300_000 })
  await expect.poll(lastStep, { timeout: 300_000 }).toBeGreaterThan(paused + 3)
  await button('Pause training').click()
  await button('Resume').waitFor()
  const steps = events().flatMap((event) => (event.type === 'step' ? [event.step] : []))
  expect(steps).toEqual(steps.map((_, i) => i + 1))
  expect(events().filter(({ type }) => type === 'start')).toMatchObject([{}, { resumed: paused }])
  expect(app.complaints).toEqual([])
})
