import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openApp, shot, SHOTS, type App } from './app.js'

/** Share of the 1,000 validation images that the main head must get right after the epochs below; chance is 10 %. */
const BAR = 0.7
const EPOCHS = 3

let app: App
beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  app = await openApp({ width: 1440, height: 900 })
})
afterAll(() => app.close())

const training = () => app.page.getByRole('group', { name: 'Training', exact: true })

it('loads Inception-mini with three heads and no problem', async () => {
  const { page } = app
  await page
    .getByRole('button', { name: /Inception-mini/ })
    .first()
    .click()
  await page.getByText('No problems').waitFor()
  await page.getByText(/168,046 parameters/).waitFor()
  await shot(page, '1-template')
})

it('shows the built-in data', async () => {
  const { page } = app
  await page.getByRole('tab', { name: 'Data' }).click()
  await page.getByRole('heading', { name: 'Training images by class' }).waitFor()
  await shot(page, '2-data')
})

it(`trains with three falling losses until the main head is right on ${BAR * 100} % of the validation images`, async () => {
  const { page } = app
  await page.getByRole('tab', { name: 'Training' }).click()
  await page.getByRole('textbox', { name: 'Epochs' }).fill(String(EPOCHS))
  await training().getByRole('button', { name: 'Train', exact: true }).click()
  await page
    .getByText(/images\/s/)
    .first()
    .waitFor()

  // A window that is closed and opened again finds the run going on, and the net that was never saved.
  await page.reload()
  await page.getByRole('button', { name: 'Open it' }).click()
  await page.getByText(/168,046 parameters/).waitFor()
  await page
    .getByText(/epoch [1-3] of 3/)
    .first()
    .waitFor()
  await page
    .getByText(/epoch [23] of 3/)
    .first()
    .waitFor({ timeout: 300_000 })
  await shot(page, '3-training')

  await training().getByRole('button', { name: 'Train', exact: true }).waitFor({ timeout: 300_000 })
  const events = readFileSync(join(app.home, 'runs', await runFolder(), 'events.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; heads?: Record<string, { loss: number; accuracy: number }> })
  const steps = events.filter((event) => event.type === 'step')
  const mean = (part: typeof steps, head: string) =>
    part.reduce((sum, event) => sum + (event.heads?.[head]?.loss ?? NaN), 0) / part.length
  for (const head of ['main', 'aux_1', 'aux_2']) {
    const [first, last] = [mean(steps.slice(0, 20), head), mean(steps.slice(-20), head)]
    console.log(`${head}: loss ${first.toFixed(3)} in the first 20 steps, ${last.toFixed(3)} in the last 20`)
    expect(last).toBeLessThan(0.6 * first)
  }
  const validation = events.filter((event) => event.type === 'validation').at(-1)
  const accuracy = validation?.heads?.['main']?.accuracy ?? 0
  console.log(`validation accuracy of the main head: ${accuracy}`)
  expect(accuracy).toBeGreaterThan(BAR)
})

it('evaluates: accuracy by head and a confusion matrix', async () => {
  const { page } = app
  await page.getByRole('tab', { name: 'Results' }).click()
  await page.getByRole('heading', { name: 'Confusion matrix' }).waitFor()
  await shot(page, '4-results')
})

it('classifies an image that is given to it', async () => {
  const { page } = app
  const pixels = Buffer.alloc(28 * 28, 20)
  const image = await sharp(pixels, { raw: { width: 28, height: 28, channels: 1 } })
    .png()
    .toBuffer()
  await page
    .locator('input[type=file]')
    .last()
    .setInputFiles({ name: 'grey.png', mimeType: 'image/png', buffer: image })
  await page.getByRole('region', { name: /Answer of Main/ }).waitFor()
})

it('exports ONNX, says how exactly it agrees, and the downloaded file opens elsewhere', async () => {
  const { page } = app
  await page.getByRole('button', { name: 'Export', exact: true }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByText(/Largest difference/).waitFor({ timeout: 300_000 })
  await shot(page, '5-export')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: /^Download / })
      .first()
      .click(),
  ])
  const session = await InferenceSession.create(await download.path())
  const image = new Tensor('float32', new Float32Array(2 * 32 * 32 * 3).fill(0.5), [2, 32, 32, 3])
  const answers = await session.run({ [session.inputNames[0] as string]: image })
  expect([...session.outputNames].sort()).toEqual(['aux_1', 'aux_2', 'main'])
  for (const head of session.outputNames) {
    const answer = answers[head]
    expect(answer?.dims).toEqual([2, 10])
    const sum = [...(answer?.data as Float32Array)].slice(0, 10).reduce((a, b) => a + b, 0)
    expect(sum).toBeCloseTo(1, 5)
  }
})

it('exports TensorFlow.js, checked as well', async () => {
  const { page } = app
  await page.getByRole('radio', { name: 'TensorFlow.js' }).click({ force: true })
  await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('button', { name: /^Download model\.json/ }).waitFor({ timeout: 300_000 })
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).first().click()
})

it('keeps the run, and its net can be opened again', async () => {
  const { page } = app
  await page.getByRole('tab', { name: 'Runs' }).click()
  await page.getByRole('button', { name: 'Restore net' }).first().click()
  await page.getByText(/168,046 parameters/).waitFor()
  expect(app.complaints).toEqual([])
})

async function runFolder(): Promise<string> {
  const { readdirSync } = await import('node:fs')
  const [folder] = readdirSync(join(app.home, 'runs')).filter((name) => !name.startsWith('.'))
  if (folder === undefined) throw new Error('no run was kept')
  return folder
}
