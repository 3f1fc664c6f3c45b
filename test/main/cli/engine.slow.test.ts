import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isRunning } from '../../../src/main/storage/process.js'
import { built } from '../../built.js'
import { eventually } from '../../eventually.js'

/** A Python that makes environments of itself, and whose pip does what the file `pip.sh` beside the home folder says. */
const PYTHON = `#!/bin/sh
case "$1 $2 $3" in
  "-c "*) echo "netwright 3 12 1 1" ;;
  "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  "-m pip --version") echo "pip 25.0 from here" ;;
  "-m pip "*) site="$(dirname "$0")/../lib/python3.12/site-packages"; echo "pip $*"; . "$NETWRIGHT_HOME/../pip.sh" ;;
esac
`
const GOOD = `
mkdir -p "$site/tensorflow" "$site/tensorflow_cpu-2.21.0.dist-info"
touch "$site/tensorflow/libtensorflow_cc.so.2" "$site/tensorflow/libtensorflow_framework.so.2"
`
/** Starts a process of its own that goes on writing, as pip's unpacking would, and says its number. */
const ENDLESS = `
mkdir -p "$site"
(while :; do echo more >> "$site.txt"; done) &
echo "writer $!"
wait
`

let program: string
let folder: string
const started: ChildProcess[] = []

beforeAll(() => {
  program = join(built(), 'main', 'cli.js')
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netwright-install-'))
  await mkdir(join(folder, 'bin'))
  await writeFile(join(folder, 'bin', 'python3'), PYTHON)
  await chmod(join(folder, 'bin', 'python3'), 0o755)
})
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

function start(words: readonly string[] = [], path = [join(folder, 'bin'), process.env['PATH']].join(delimiter)) {
  const command = [...words, process.execPath, program, 'engine', 'install', '--json']
  const env = { ...process.env, PATH: path, NETWRIGHT_HOME: join(folder, 'home') }
  const child = spawn(command[0]!, command.slice(1), { env, stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  const streams = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (streams.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (streams.err += text))
  const ended = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    ...(JSON.parse(streams.out || '{}') as { error?: { code: string; message: string; hint: string } }),
  }))
  return { child, streams, ended }
}

async function install(pip: string) {
  await writeFile(join(folder, 'pip.sh'), pip)
  return start()
}

const left = () => readdir(join(folder, 'home', 'engines')).catch(() => [])
const writerOf = async (streams: { err: string }) => {
  await eventually(() => expect(streams.err).toMatch(/writer \d+/))
  return Number(/writer (\d+)/.exec(streams.err)![1])
}

describe.skipIf(process.platform === 'win32')('engine install in a process of its own', () => {
  it('that is stopped with Ctrl-C ends all that it started and keeps nothing; the next one works', async () => {
    const { child, streams, ended } = await install(ENDLESS)
    const writer = await writerOf(streams)
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 1, error: { message: 'The installation was stopped.' } })
    await eventually(() => expect(isRunning(writer)).toBe(false))
    expect(await left()).toEqual([])
    expect(await (await install(GOOD)).ended).toMatchObject({ code: 0, library: { version: '2.21.0' } })
  })

  it('that is killed leaves a part that is no engine, which the next one sweeps away', async () => {
    const { child, streams, ended } = await install(ENDLESS)
    const writer = await writerOf(streams)
    child.kill('SIGKILL')
    await ended
    const list = spawnSync(process.execPath, [program, 'engine', 'list', '--json'], {
      env: { PATH: join(folder, 'bin'), NETWRIGHT_HOME: join(folder, 'home') },
      encoding: 'utf8',
    })
    expect(list.stdout).not.toContain(join(folder, 'home'))
    if (isRunning(writer)) process.kill(writer, 'SIGKILL')
    expect(await (await install(GOOD)).ended).toMatchObject({ code: 0 })
    expect(await left()).toEqual(['tensorflow'])
  })

  it.each([
    [
      'a disk that fills up',
      `echo "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"; exit 1`,
      { code: 'disk/full', message: /No space is left/ },
    ],
    [
      'no network',
      `echo "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution'"; exit 1`,
      { code: 'device/unavailable', message: /cannot be reached/ },
    ],
    [
      'a Python without a package',
      `echo "ERROR: No matching distribution found for tensorflow-cpu==2.21.0"; exit 1`,
      { code: 'device/unavailable', message: /no package/ },
    ],
    [
      'another failure of pip',
      `echo "ERROR: cosmic rays"; exit 1`,
      { code: 'device/unavailable', message: /cosmic rays/ },
    ],
  ])('says what is wrong with %s and keeps nothing; the next one works', async (_what, pip, { code, message }) => {
    const first = await (await install(pip)).ended
    expect(first).toMatchObject({ code: 1, error: { code, message: expect.stringMatching(message) as string } })
    expect(await left()).toEqual([])
    expect((await (await install(GOOD)).ended).code).toBe(0)
  })

  it('says that there is no Python', async () => {
    await rm(join(folder, 'bin', 'python3'))
    const { error } = await start([], dirname(process.execPath) === '/usr/bin' ? join(folder, 'bin') : '').ended
    expect(error).toMatchObject({ code: 'device/unavailable', message: expect.stringContaining('no Python') as string })
  })
})

/** A real Python on a network without a way out, and on a disk that is too small: in namespaces of the test's own. */
const canShare = process.platform === 'linux' && spawnSync('unshare', ['-rnm', 'true']).status === 0
const python = ['python3', 'python'].some((name) => spawnSync(name, ['-c', 'import ensurepip, venv']).status === 0)
if (!canShare || !python) console.warn('SKIPPED: installing with a real Python. There are no namespaces, or no Python.')

describe.skipIf(!canShare || !python)('engine install with a real Python', () => {
  it('says that nothing can be reached without a network', async () => {
    const { error } = await start(['unshare', '-rn', 'env', 'PIP_RETRIES=1'], process.env['PATH']).ended
    expect(error).toMatchObject({ code: 'device/unavailable', message: expect.stringContaining('reached') as string })
    expect(await left()).toEqual([])
  })

  it('refuses a disk that is too small with what is needed and what is free', async () => {
    const home = join(folder, 'home')
    await mkdir(home)
    const small = ['unshare', '-rm', 'sh', '-c', `mount -t tmpfs -o size=50m none '${home}' && exec "$@"`, 'sh']
    const { error } = await start(small, process.env['PATH']).ended
    expect(error).toMatchObject({
      code: 'disk/full',
      message: expect.stringMatching(/takes .* GB, but .* free/) as string,
    })
  })
})
