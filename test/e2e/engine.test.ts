import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fakePython, GOOD } from '../main/engine/tensorflow/install/fake-python.js'
import { openApp, shot, SHOTS, violations, type App } from './app.js'

const root = resolve(import.meta.dirname, '../..')
const judges = join(root, '.venv-judges/lib')
/** A real TensorFlow to be "downloaded", where the project has one. */
const real = existsSync(judges)
  ? readdirSync(judges)
      .map((python) => join(judges, python, 'site-packages/tensorflow'))
      .find((folder) => existsSync(folder))
  : undefined

/** The same with OpenMP, which needs what lies beside it. */
const older = join(root, '.tensorflow-older/2.14.0-openmp')
const realOpenMp = existsSync(older) ? older : undefined

const control = mkdtempSync(join(tmpdir(), 'netwright-control-'))
const [go, fail] = [join(control, 'go'), join(control, 'fail')]

/** What pip prints until half of the package is there; then it waits to be told how it ends. */
const PIP = [
  'echo "Collecting tensorflow-cpu==2.21.0"',
  'echo "  Downloading tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl (273.8 MB)"',
  'echo "Progress 0 of 273829956"',
  'echo "Progress 136914978 of 273829956"',
  `while [ ! -e '${go}' ] && [ ! -e '${fail}' ]; do sleep 0.02; done`,
  `if [ -e '${fail}' ]; then echo "ERROR: No matching distribution found" >&2; exit 1; fi`,
  'echo "Installing collected packages: tensorflow-cpu"',
  'case "$*" in',
  `*intel-tensorflow*) ${realOpenMp ? `mkdir -p "$site"; ln -s '${realOpenMp}'/* "$site"` : GOOD} ;;`,
  `*) ${real ? `mkdir -p "$site/tensorflow_cpu-2.21.0.dist-info"; ln -s '${real}' "$site/tensorflow"` : GOOD} ;;`,
  'esac',
].join('\n')

/** The built app where no TensorFlow is near: what the project has for its tests is found by folders above. */
function appAlone(): string {
  const folder = mkdtempSync(join(tmpdir(), 'netwright-built-'))
  for (const part of ['main', 'renderer'])
    cpSync(join(root, 'out', part), join(folder, 'out', part), { recursive: true })
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  for (const part of ['node_modules', 'resources']) symlinkSync(join(root, part), join(folder, part))
  return folder
}

describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')('the fast engine', () => {
  let app: App
  const built = appAlone()
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true })
    const environment = {
      PATH: [await fakePython({ pip: PIP, version: '3 11 9 1' }), '/usr/bin', '/bin'].join(delimiter),
    }
    app = await openApp({ built, environment })
  })
  afterAll(async () => {
    await app.close()
    rmSync(built, { recursive: true })
    rmSync(control, { recursive: true })
  })

  const dialog = () => app.page.getByRole('dialog', { name: 'Fast engine' })
  const button = (name: string) => app.page.getByRole('button', { name, exact: true })
  const openNet = async () => {
    const template = app.page.getByRole('button', { name: /Inception-mini/ })
    await template.first().click()
    await app.page.getByRole('tab', { name: 'Training' }).click()
  }
  const look = async (name: string) => {
    await app.page.emulateMedia({ reducedMotion: 'reduce' })
    for (const theme of ['dark', 'light']) {
      await app.page.evaluate((to) => document.documentElement.setAttribute('data-theme', to), theme)
      await shot(app.page, `engine-${name}-${theme}`)
      expect(await violations(app.page), name).toEqual([])
    }
  }

  it('is offered where TensorFlow is missing, with what it takes', async () => {
    const { page } = app
    await openNet()
    await button('Get the fast engine…').focus()
    await page.keyboard.press('Enter')
    await dialog().getByText('3.11.9 (python3)').waitFor()
    expect(await dialog().getByText('not installed').count()).toBe(2)
    await dialog().getByText('About 335 MB to fetch, 1.5 GB on the disk.').waitFor()
    await look('offer')
  })

  it('is installed with its progress in sight, closed or open, reloaded or not, until it is stopped', async () => {
    const { page } = app
    await button('Install').focus()
    await page.keyboard.press('Enter')
    await dialog().getByText('tensorflow_cpu 2.21.0: 137 MB of 274 MB. 137 MB so far.').waitFor()
    await dialog().getByRole('button', { name: 'Log' }).click()
    await dialog().getByText('Collecting tensorflow-cpu==2.21.0').waitFor()
    await look('progress')
    await page.keyboard.press('Escape')
    await page.getByText('Getting TensorFlow: 40 %.').waitFor()

    await page.reload()
    await openNet()
    await page.getByText('Getting TensorFlow: 40 %.').waitFor()
    await button('Show').click()
    expect(await dialog().getByRole('progressbar').getAttribute('aria-valuenow')).toMatch(/^40/)
    await button('Stop').click()
    await dialog().getByText('nothing of it was kept').waitFor()
    expect(readdirSync(join(app.home, 'engines'))).toEqual([])
  })

  it('says what failed and how to mend it, and tries again', async () => {
    writeFileSync(fail, '')
    await button('Install').click()
    await dialog()
      .getByText('Installing TensorFlow failed at -m pip install: ERROR: No matching distribution found')
      .waitFor()
    await dialog().getByRole('button', { name: 'Log' }).click()
    await dialog().getByText('ERROR: No matching distribution found', { exact: true }).waitFor()
    await look('failed')
    rmSync(fail)
    writeFileSync(go, '')
    await button('Try again').click()
    await dialog()
      .getByText(/^2\.21\.0, Netwright’s own, /)
      .waitFor({ timeout: 180_000 })
  })

  it(`has its device ${real ? 'offered for the net' : 'looked at'} once it is there`, async () => {
    if (real) {
      await dialog().getByText('Processor (TensorFlow) can be used.').waitFor({ timeout: 180_000 })
      await look('installed')
      await button('Always use it for this net').click()
      await dialog().getByText('this net trains on Processor (TensorFlow)').waitFor()
    } else {
      await dialog().getByText('it cannot train here').waitFor({ timeout: 180_000 })
    }
  })

  it('has its build with OpenMP beside it, a device of its own', async () => {
    await dialog()
      .getByRole('radio', { name: /intel-tensorflow 2.14.0/ })
      .focus()
    await app.page.keyboard.press('Space')
    await button('Install').click()
    const end = realOpenMp ? 'Processor (TensorFlow with OpenMP) can be used.' : 'it cannot train here'
    await dialog().getByText(end).waitFor({ timeout: 60_000 })
    expect(
      await dialog()
        .getByText(/, Netwright’s own, /)
        .count(),
    ).toBe(2)
    expect(readdirSync(join(app.home, 'engines')).toSorted()).toEqual(['tensorflow', 'tensorflow-openmp'])
    await look('two')
    await button('Remove…').click()
    await button('Remove').click()
    await dialog().getByText('TensorFlow with OpenMP was removed.').waitFor()
    expect(readdirSync(join(app.home, 'engines'))).toEqual(['tensorflow'])
    await dialog()
      .getByRole('radio', { name: /tensorflow-cpu/ })
      .focus()
    await app.page.keyboard.press('Space')
  })

  it('is removed once that is confirmed, and is no device any more', async () => {
    await button('Remove…').click()
    await button('Keep it').click()
    await button('Remove…').click()
    await look('remove')
    await button('Remove').click()
    await dialog().getByText('TensorFlow was removed.').waitFor()
    expect(readdirSync(join(app.home, 'engines'))).toEqual([])
    await button('Close').last().click()
    if (real) await app.page.getByText('Processor (TensorFlow) is not available.').first().waitFor({ timeout: 180_000 })
    expect(app.complaints).toEqual([])
  })
})
