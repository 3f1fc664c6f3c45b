import { spawn, type ChildProcess } from 'node:child_process'
import AxeBuilder from '@axe-core/playwright'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core'

const root = resolve(import.meta.dirname, '../..')
/** Screenshots of the walk land here. */
export const SHOTS = join(root, 'test-results/shots')

export interface Look {
  readonly width?: number
  readonly height?: number
  readonly dark?: boolean
  /** Folder of the built app; the project's own if left out. */
  readonly built?: string
  readonly environment?: NodeJS.ProcessEnv
}

/** The built app behind its real host, a home folder of its own, and a real browser. */
export interface App {
  readonly page: Page
  readonly context: BrowserContext
  readonly home: string
  /** Errors and warnings of the page so far, violations of the content security policy included. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

/** Start host and browser and sign in by the printed link. */
export async function openApp(look: Look = {}): Promise<App> {
  const { width = 1280, height = 800, dark = false, built = root, environment = {} } = look
  const home = mkdtempSync(join(tmpdir(), 'netwright-e2e-'))
  const host = spawn(process.execPath, [join(built, 'out/main/cli.js'), 'serve', '--no-open', '--json'], {
    env: { ...process.env, ...environment, NETWRIGHT_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await printedUrl(host)
  const browser = await launch()
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' })
  context.setDefaultTimeout(90_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
    ),
  )
  await page.goto(url)
  await page.getByRole('heading', { name: 'Start with a net' }).waitFor()
  return {
    page,
    context,
    home,
    complaints,
    close: async () => {
      await browser.close()
      await ended(host)
      // A trainer of the host may be at its last words.
      rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

function launch(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  return chromium.launch({ executablePath, args })
}

function printedUrl(host: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let text = ''
    host.stdout?.on('data', (data: Buffer) => {
      text += data.toString()
      const url = /"url":"([^"]+)"/.exec(text)?.[1]
      if (url !== undefined) done(url)
    })
    host.on('exit', (code) => fail(new Error(`the host ended with ${code}`)))
  })
}

function ended(host: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (host.exitCode !== null || host.signalCode !== null) return done()
    host.on('exit', () => done())
    host.kill()
  })
}

/** The node of this id on the canvas. */
export function node(page: Page, id: string): Locator {
  return page.getByRole('group', { name: new RegExp(`^${id},`) })
}

export async function centre(place: Locator): Promise<[number, number]> {
  const box = await place.boundingBox()
  if (box === null) throw new Error('nothing to point at')
  return [box.x + box.width / 2, box.y + box.height / 2]
}

/** Press at one point, move in steps as a hand does, release at another. */
export async function drag(page: Page, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  await page.mouse.move(...from)
  await page.mouse.down()
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, { steps: 5 })
  await page.mouse.move(...to, { steps: 5 })
  await page.mouse.up()
}

/** Drag an entry of the palette onto the canvas. */
export async function place(page: Page, title: string, x: number, y: number): Promise<void> {
  await page
    .getByRole('button', { name: title, exact: true })
    .dragTo(page.locator('.canvas'), { targetPosition: { x, y } })
}

/** Draw a wire from one node's output to another's input. */
export async function wire(page: Page, from: string, to: string): Promise<void> {
  const output = page.getByLabel(`Output of ${from}`, { exact: true })
  await drag(page, await centre(output), await centre(page.getByLabel(`Input of ${to}`, { exact: true })))
}

/** What Axe finds on the page, a line a rule with the first places. What fades in has its colours at the end of it. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
        .map(({ finished }) => finished.catch(() => undefined)),
    ),
  )
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target }) => target.join(' ')).join(', ')}`) // prettier-ignore
}

/** Keep a picture of the window for people to look at. */
export async function shot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(SHOTS, `${name}.png`) })
}
