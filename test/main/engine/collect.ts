import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void

/** Give back what nobody holds, so that memory can be compared: what the first round frees may hold more. */
export function collect(): void {
  gc()
  gc()
}

/**
 * Megabytes that this process holds more after each of some parts of a work: the least of them. What is lost at every step shows
 * in each part; what an allocator keeps, and when, is chance.
 */
export async function leastGrowth(parts: number, work: (part: number) => Promise<unknown>): Promise<number> {
  const held = () => {
    collect()
    return process.memoryUsage.rss() / 2 ** 20
  }
  let least = Infinity
  for (let part = 0, before = held(); part < parts; part++) {
    await work(part)
    const after = held()
    least = Math.min(least, after - before)
    before = after
  }
  return least
}
