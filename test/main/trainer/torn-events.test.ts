import type * as files from 'node:fs/promises'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { END, START, step } from '../../contract/home.js'

/** Bytes that the disk still takes; what comes after them is lost, as where it is full. */
const disk = vi.hoisted(() => ({ room: Infinity }))
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof files>()
  const appendFile: typeof real.appendFile = async (path, data, options) => {
    const bytes = Buffer.from(data as string)
    const taken = bytes.subarray(0, disk.room)
    disk.room -= taken.length
    await real.appendFile(path, taken, options)
    if (taken.length < bytes.length) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  }
  return { ...real, appendFile }
})
const { appendEvents, readEvents } = await import('../../../src/main/trainer/run/runfolder.js')

it('a disk that takes a part of a line loses that event, and no other', async () => {
  const lines = [START, step(1), step(2)].map((event) => `${JSON.stringify(event)}\n`)
  const length = lines.join('').length
  let cases = 0
  for (let room = 0; room < length; room += 7) {
    const folder = await mkdtemp(join(tmpdir(), 'torn-'))
    disk.room = room
    await expect(appendEvents(folder, [START, step(1), step(2)])).rejects.toMatchObject({ code: 'disk/full' })
    disk.room = Infinity
    await appendEvents(folder, [END])
    const whole = lines.filter((_, i) => lines.slice(0, i + 1).join('').length <= room).length
    expect(await readEvents(folder)).toEqual([...[START, step(1), step(2)].slice(0, whole), END])
    cases++
  }
  console.log(`cases=${cases}`)
})
