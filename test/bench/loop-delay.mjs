// Loaded before a program (`node --import`): writes the delays of its event loop to LOOP_DELAY_FILE when it ends.
import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setInterval } from 'node:timers'

const RESOLUTION_MS = 1
/** Starting the program delays nothing that runs: count from then on. */
const QUIET_MS = 2000
const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
/** Longest turn by the processor time of the process: what is left when other programs take the processor away. */
let longestOwn = 0

setTimeout(() => {
  histogram.enable()
  let wall = performance.now()
  let own = process.cpuUsage()
  setInterval(() => {
    const now = performance.now()
    const { user, system } = process.cpuUsage(own)
    longestOwn = Math.max(longestOwn, Math.min(now - wall, (user + system) / 1000))
    wall = now
    own = process.cpuUsage()
  }, RESOLUTION_MS).unref()
}, QUIET_MS).unref()

process.on('exit', () => {
  const ms = (nanoseconds) => nanoseconds / 1e6 - RESOLUTION_MS
  const report = { max: ms(histogram.max), p99: ms(histogram.percentile(99)), mean: ms(histogram.mean), longestOwn }
  writeFileSync(process.env.LOOP_DELAY_FILE, JSON.stringify({ ...report, samples: histogram.count }))
})
