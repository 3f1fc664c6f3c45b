// Time of the analysis after one edit of a net of 1,000 nodes (limit 2 ms), and of a whole ResNet-152 (limit 10 ms).
import { execFileSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { bundle } from './parts/bundle.mjs'

const [AFTER_EDIT, WHOLE] = [2, 10]
const WORDS = {
  move: 'one node moved',
  setting: 'one setting of a convolution changed',
  channels: 'a setting of the first convolution changed',
  lateWire: 'the last skip wire drawn or removed',
  wire: 'the first skip wire drawn or removed, so that almost every shape comes or goes',
  added: 'a node without wires added or removed',
  inserted: 'a node inserted into a wire',
  removed: 'a node removed, and so every shape behind it',
  pasted: 'twenty nodes pasted',
  size: 'the size of the input changed, and so every shape',
  anySize: 'one setting changed of a net for images of any size',
  ownBlock: 'one setting inside an own block of ten layers that stands a hundred times in the net',
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
  const limit = name === 'resnet152' ? WHOLE : AFTER_EDIT
  const verdict = median <= limit ? 'met' : 'MISSED'
  console.log(
    `  ${WORDS[name]}: median ${median.toFixed(2)} ms of ${times.length}, fastest ${sorted[0].toFixed(2)} ms (limit ${limit}: ${verdict})`,
  )
  if (median > limit) process.exitCode = 1
}
