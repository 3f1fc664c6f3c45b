import { openApp } from '../../e2e/app.js'

/** Nets to open, with the nodes that their canvas shows. */
const NETS = [
  ['Inception-ResNet-v2', 67],
  ['ResNet-152', 58],
] as const
const TIMES = 9

/** From the release of the pointer on “Create” to the end of the frame that first shows every node, ms. */
async function timesOf(title: string, least: number): Promise<number[]> {
  const app = await openApp()
  const times: number[] = []
  for (let i = 0; i < TIMES; i++) {
    await app.page.keyboard.press('Control+Shift+N')
    await app.page.getByRole('searchbox', { name: 'Search templates and blocks' }).fill(title)
    await app.page.locator('.card', { hasText: title }).first().click()
    await app.page.evaluate((nodes) => {
      const seen = new Promise<number>((done) => {
        const look = (start: number) => () => {
          if (document.querySelectorAll('.react-flow__node').length < nodes) return requestAnimationFrame(look(start))
          // A message comes after the frame is painted.
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => done(performance.now() - start)
          return requestAnimationFrame(() => port2.postMessage(undefined))
        }
        document.addEventListener('pointerup', () => look(performance.now())(), { once: true, capture: true })
      })
      Object.assign(window, { seen })
    }, least)
    await app.page.getByRole('button', { name: 'Create' }).click()
    times.push(await app.page.evaluate(() => (window as unknown as { seen: Promise<number> }).seen))
    await app.page.keyboard.press('Alt+W')
    await app.page.getByRole('heading', { name: 'Start with a net' }).waitFor()
  }
  await app.close()
  return times
}

const all: Record<string, number[]> = {}
for (const [title, nodes] of NETS) all[title] = await timesOf(title, nodes)
console.log(JSON.stringify(all))
