// Time of the analysis after one edit of a net of 1,000 nodes (limit 2 ms), and of a whole ResNet-152 (limit 10 ms).
import { execFileSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { bundle } from './parts/bundle.mjs'

const LIMITS = { setting: 2, channels: 2, move: 2, resnet152: 10 }
const WORDS = {
  setting: 'one setting of a convolution changed',
  move: 'one node moved',
  wire: 'one wire drawn or removed, fixes tried out',
  channels: 'a setting of the first convolution changed',
  size: 'the size of the input changed, and so every shape',
  resnet152: 'ResNet-152 from scratch',
}
const script = await bundle('test/bench/parts/analysis-times.ts')
const { nodes, ...cases } = JSON.parse(
  execFileSync(process.execPath, [script, process.argv[2] ?? '1000'], { encoding: 'utf8' }),
)
console.log(`analysis of ${nodes} nodes after an edit, and of a whole net; load ${loadavg()[0].toFixed(1)}`)
for (const [name, times] of Object.entries(cases)) {
  const sorted = times.toSorted((a, b) => a - b)
  const median = sorted[sorted.length >> 1]
  const limit = LIMITS[name]
  const allowed = limit === undefined ? '' : ` (limit ${limit})`
  console.log(`  ${WORDS[name]}: median ${median.toFixed(2)} ms, fastest ${sorted[0].toFixed(2)} ms${allowed}`)
  if (limit !== undefined && median >= limit) process.exitCode = 1
}
