// Time from “Create” in the gallery to the frame that shows the whole net, in Chromium (limit 100 ms for Inception-ResNet-v2).
import { execFileSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { bundle } from './parts/bundle.mjs'

const LIMIT = 100
const script = await bundle('test/bench/parts/opening-times.ts')
const times = JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' }))
console.log(`opening a net in the window; load ${loadavg()[0].toFixed(1)}`)
for (const [net, each] of Object.entries(times)) {
  const sorted = each.toSorted((a, b) => a - b)
  const [median, first] = [sorted[sorted.length >> 1], each[0]]
  console.log(`  ${net}: median ${median.toFixed(0)} ms, fastest ${sorted[0].toFixed(0)} ms, the first time ${first.toFixed(0)} ms (limit ${LIMIT})`) // prettier-ignore
  if (median > LIMIT) process.exitCode = 1
}
