import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { built, ROOT } from '../../built.js'
import { tinyData, tinyDocument } from '../trainer/tiny.js'

/** The built program; `scripts/netwright.mjs` runs it after it has seen to packages and build. */
const program = join(ROOT, 'out', 'main', 'cli.js')

let folder: string
let data: string

beforeAll(async () => {
  built()
  folder = await mkdtemp(join(tmpdir(), 'netwright-process-'))
  data = await tinyData()
  await writeFile(join(folder, 'net.json'), tinyDocument())
})
afterAll(() => rm(folder, { recursive: true }))

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { ...process.env, NETWRIGHT_HOME: join(folder, 'home') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function finish(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  const streams = { out: '', err: '' }
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (streams.out += text))
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (streams.err += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...streams }
}

const run = (...args: string[]) => finish(start(...args))
const lines = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map(
      (line) => JSON.parse(line) as { type: string; step?: number; error?: { code: string } } & Record<string, unknown>,
    )

describe('the program in processes of its own', () => {
  it('trains, evaluates, predicts and exports', async () => {
    const trained = await run(
      'train',
      'net.json',
      '--data',
      data,
      '--epochs',
      '3',
      '--batch',
      '8',
      '--out',
      'run',
      '--json',
    )
    expect({ code: trained.code, err: trained.err }).toEqual({
      code: 0,
      err: `The run is kept in ${join(folder, 'run')}\n`,
    })
    expect(lines(trained.out).flatMap(({ type }) => (type === 'memory' ? [] : [type]))).toEqual([
      'start',
      ...Array.from({ length: 3 }, () => ['step', 'step', 'step', 'validation']).flat(),
      'end',
    ])
    const evaluated = JSON.parse((await run('evaluate', 'run', '--data', data, '--json')).out) as { images: number }
    expect(evaluated.images).toBe(9)
    const predicted = JSON.parse((await run('predict', 'run', '--data', data, '--json')).out) as {
      heads: Record<string, number[][]>
    }
    expect(Object.keys(predicted.heads).sort()).toEqual(['aux', 'main'])
    for (const row of predicted.heads['main']!) expect(row.reduce((sum, p) => sum + p)).toBeCloseTo(1, 5)
    const exported = await run('export', 'run', '--format', 'onnx', '--json')
    expect(JSON.parse(exported.out)).toMatchObject({ format: 'onnx', path: join(folder, 'run.onnx') })
    expect((await readdir(folder)).sort()).toEqual(['net.json', 'run', 'run.onnx'])
  })

  it('ends a run after its step on Ctrl-C, with exit code 0', async () => {
    const child = start('train', 'net.json', '--data', data, '--epochs', '1000000', '--out', 'stopped', '--json')
    child.stdout!.once('data', () => child.kill('SIGINT'))
    const { code, out, err } = await finish(child)
    expect({ code, end: lines(out).at(-1) }).toMatchObject({ code: 0, end: { type: 'end', reason: 'stopped' } })
    expect(err).toContain('Stopping after this step …\n')
    expect(await readdir(join(folder, 'stopped'))).toContain('weights.safetensors')
    const last = lines(out).at(-1)!.step!
    // 24 images are one batch.
    const epochs = String(last + 2)
    const resumed = await run('resume', 'stopped', '--epochs', epochs, '--json')
    expect({ code: resumed.code, start: lines(resumed.out)[0] }).toMatchObject({ code: 0, start: { resumed: last } })
    expect(lines(resumed.out).at(-1)).toEqual({ type: 'end', reason: 'finished', step: last + 2 })
    expect((await run('resume', 'stopped', '--json')).code).toBe(1)
    const seen = await run('probe', 'stopped')
    expect({ code: seen.code, out: seen.out }).toMatchObject({
      code: 0,
      out: expect.stringContaining('gradient') as string,
    })
  })

  it('tells wrong data with exit code 1', async () => {
    const { code, out, err } = await run('train', 'net.json', '--data', 'nowhere', '--json')
    expect({ code, last: lines(out).at(-1)?.error?.code }).toEqual({ code: 1, last: 'data/not-found' })
    expect(err).toContain(join(folder, 'nowhere'))
  })

  it('ends a run after its step, with its weights, when its reader goes away', async () => {
    const child = start('train', 'net.json', '--data', data, '--epochs', '1000000', '--out', 'unheard', '--json')
    child.stdout!.once('data', () => child.stdout!.destroy())
    const { code } = await finish(child)
    const record = JSON.parse(await readFile(join(folder, 'unheard', 'run.json'), 'utf8')) as { state: string }
    expect({ code, state: record.state }).toEqual({ code: 0, state: 'stopped' })
    expect(await readdir(join(folder, 'unheard'))).toContain('weights.safetensors')
  })

  it.runIf(process.platform === 'linux')('fails when what it prints finds no room', async () => {
    const full = await open('/dev/full', 'w')
    const child = spawn(process.execPath, [program, 'templates', '--json'], { stdio: ['ignore', full.fd, 'pipe'] })
    const err = text(child.stderr!)
    const [code] = (await once(child, 'close')) as [number]
    await full.close()
    expect({ code, err: await err }).toEqual({
      code: 1,
      err: 'No space is left to write the output.\nFree some space; what was there before is kept.\n',
    })
  })

  it('is quiet when its reader has seen enough', async () => {
    const child = start('templates', '--json')
    child.stdout!.destroy()
    child.stderr!.resume()
    const [code] = (await once(child, 'close')) as [number]
    expect(code).toBe(0)
  })
})

describe('serve', () => {
  it('prints one line with a link, answers there, and ends on Ctrl-C', async () => {
    const child = start('serve', '--no-open')
    const ended = finish(child)
    const [first] = (await once(child.stdout!, 'data')) as [string]
    const link = new URL(first.trim())
    expect(link.href).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/)
    const page = await fetch(link)
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<title>Netwright</title>')])
    child.kill('SIGINT')
    const err = 'The link signs one browser in, once, within 10 minutes.\n'
    expect(await ended).toEqual({ code: 0, out: first, err })
  })

  it('says that a port is busy, with exit code 1', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const { code, out, err } = await run('serve', '--no-open', '--json', '--port', String(port))
    other.close()
    expect({ code, error: lines(out)[0]?.error?.code }).toEqual({ code: 1, error: 'host/port-busy' })
    expect(err).toContain(`Port ${port} is in use by another program.\n`)
    expect((await run('serve', '--no-open', '--port', '99999')).code).toBe(1)
  })
})
