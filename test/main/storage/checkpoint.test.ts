import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readCheckpoint, writeCheckpoint, type CheckpointFs } from '../../../src/main/storage/checkpoint.js'
import { hash } from '../../../src/shared/random.js'

let folder: string
beforeEach(async () => {
  folder = join(await fs.mkdtemp(join(tmpdir(), 'checkpoint-')), 'checkpoints')
})

const filesAt = (step: number) => ({
  'state.safetensors': [Buffer.from(`state of ${step}, `), Buffer.from('in two parts')],
  'checkpoint.json': [Buffer.from(`{"step":${step}}`)],
})
const stateAt = (step: number) => `state of ${step}, in two parts`
const write = (step: number) => writeCheckpoint(folder, step, filesAt(step))

async function read() {
  const found = await readCheckpoint(folder)
  return found && { step: found.step, state: found.files['state.safetensors']!.toString(), broken: found.broken.length }
}

/** System calls of which number `nth` (from 0) fails, and all after it: the process was killed there. */
function killedAt(nth: number): { fs: CheckpointFs; calls: () => number } {
  let calls = 0
  const tick = () => {
    if (calls++ >= nth) throw Object.assign(new Error('EIO'), { code: 'EIO' })
  }
  const counted =
    <A extends unknown[], R>(call: (...values: A) => Promise<R>) =>
    async (...values: A): Promise<R> => {
      tick()
      return call(...values)
    }
  const open: typeof fs.open = async (path, flags, mode) => {
    tick()
    const file = await fs.open(path, flags, mode)
    const [write, sync] = [file.write.bind(file), file.sync.bind(file)]
    file.write = ((part: Uint8Array, from: number, length: number) => {
      tick()
      return write(part, from, length)
    }) as typeof file.write
    file.sync = counted(sync)
    return file
  }
  const kept = { mkdir: fs.mkdir, readdir: fs.readdir, stat: fs.stat }
  return {
    fs: { ...kept, open, rename: counted(fs.rename), rm: counted(fs.rm) } as CheckpointFs,
    calls: () => calls,
  }
}

describe('checkpoints of a folder', () => {
  it('keep the newest two, and read the newest', async () => {
    expect(await read()).toBeUndefined()
    for (const step of [3, 20, 100]) await write(step)
    expect((await fs.readdir(folder)).sort()).toEqual(['ck-100', 'ck-20'])
    expect(await read()).toEqual({ step: 100, state: stateAt(100), broken: 0 })
  })

  it('of one step twice stand beside each other, and those of later steps go: the run went back', async () => {
    for (const step of [8, 12, 8]) await write(step)
    expect((await fs.readdir(folder)).sort()).toEqual(['ck-8', 'ck-8-2'])
    await write(9)
    expect((await fs.readdir(folder)).sort()).toEqual(['ck-8-2', 'ck-9'])
  })

  it('are old or new, never less, wherever a write is cut off; the next one goes through', async () => {
    await write(1)
    const whole = killedAt(Infinity)
    await writeCheckpoint(folder, 2, filesAt(2), whole.fs)
    await write(3)
    for (let nth = 0; nth < whole.calls(); nth++) {
      const before = await read()
      const step = 10 + nth
      const result = await writeCheckpoint(folder, step, filesAt(step), killedAt(nth).fs).catch(
        (error: unknown) => error,
      )
      const after = await read()
      expect([before, { step, state: stateAt(step), broken: 0 }]).toContainEqual(after)
      if (after?.step !== step) expect(result).toMatchObject({ code: 'disk/failed' })
    }
    await write(1000)
    expect(await read()).toEqual({ step: 1000, state: stateAt(1000), broken: 0 })
    console.log(`cases=${whole.calls()}`)
  })

  it('that are damaged in any way are passed over for the one before; wrong bytes are never read', async () => {
    await write(1)
    await write(2)
    const newest = join(folder, 'ck-2')
    const intact = new Map<string, Buffer>()
    for (const name of await fs.readdir(newest)) intact.set(name, await fs.readFile(join(newest, name)))
    let cases = 0
    for (const [name, bytes] of intact) {
      const path = join(newest, name)
      const damages: (Buffer | undefined)[] = [undefined]
      for (let i = 0; i < 60; i++) {
        const at = hash(1, i) % bytes.length
        const flipped = Buffer.from(bytes)
        flipped[at]! ^= 1 << (i % 8)
        damages.push(flipped, bytes.subarray(0, at))
      }
      for (const damage of damages) {
        await (damage ? fs.writeFile(path, damage) : fs.rm(path))
        const found = await read()
        expect([
          { step: 2, state: stateAt(2), broken: 0 },
          { step: 1, state: stateAt(1), broken: 1 },
        ]).toContainEqual(found)
        if (name !== 'manifest.json') expect(found?.step).toBe(1)
        cases++
      }
      await fs.writeFile(path, bytes)
    }
    expect((await read())?.step).toBe(2)
    console.log(`cases=${cases}`)
  })

  it('that are all damaged are an error that says how', async () => {
    await write(1)
    await fs.writeFile(join(folder, 'ck-1', 'state.safetensors'), 'state of 9, in two parts')
    await expect(readCheckpoint(folder)).rejects.toMatchObject({
      code: 'run/damaged',
      message: expect.stringMatching(/ck-1: state\.safetensors is not as it was written/) as string,
    })
  })

  it('never read a file outside their folder', async () => {
    await write(1)
    await fs.writeFile(join(folder, '..', 'secret.txt'), 'x')
    await fs.writeFile(join(folder, 'ck-1', 'manifest.json'), '{"../../secret.txt":"0"}')
    await expect(readCheckpoint(folder)).rejects.toMatchObject({ code: 'run/damaged' })
  })
})
