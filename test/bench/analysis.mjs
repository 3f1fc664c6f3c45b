// Time to analyse a net of 1,000 nodes from scratch, as at every edit: must stay under 10 ms.
import { execFileSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { bundle } from './parts/bundle.mjs'

const LIMIT_MS = 10
const script = await bundle('test/bench/parts/analysis-times.ts')
const { nodes, times } = JSON.parse(
  execFileSync(process.execPath, [script, process.argv[2] ?? '1000'], { encoding: 'utf8' }),
)
const sorted = times.toSorted((a, b) => a - b)
const median = sorted[sorted.length >> 1]
console.log(
  `analysis of ${nodes} nodes: median ${median.toFixed(2)} ms, fastest ${sorted[0].toFixed(2)} ms ` +
    `of ${times.length} (limit ${LIMIT_MS}), load ${loadavg()[0].toFixed(1)}`,
)
process.exitCode = median < LIMIT_MS ? 0 : 1
