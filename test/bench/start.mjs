// Time from a net to its first training step on ONNX Runtime: trace, passes, model and session of ResNet-152, limit 1 s.
import { spawnSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { bundle } from './parts/bundle.mjs'

const LIMIT = 1000
const [net = 'resnet-152', batch = '16'] = process.argv.slice(2)
const script = await bundle('test/bench/parts/start-times.ts')
const { stdout, stderr, status } = spawnSync(process.execPath, [script, net, batch], { encoding: 'utf8' })
if (status !== 0) throw new Error(stderr)
const rounds = stdout
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
const whole = ({ times }) => Object.values(times).reduce((sum, time) => sum + time, 0)
const [first, best] = [rounds[0], rounds.toSorted((a, b) => whole(a) - whole(b))[0]]
console.log(`${net}, batch ${batch}, ${first.nodes} kernels, load ${loadavg()[0].toFixed(1)}; in ms:`)
for (const [title, round] of Object.entries({ first, fastest: best })) {
  const parts = Object.entries(round.times).map(([part, time]) => `${part} ${time.toFixed(0)}`)
  console.log(`  ${title.padEnd(8)} ${whole(round).toFixed(0).padStart(6)}  (${parts.join(', ')})`)
}
console.log(`  values and state by their lifetimes: ${first.megabytes.toFixed(0)} MB`)
const verdict = whole(best) <= LIMIT ? 'met' : 'missed'
console.log(`  limit ${LIMIT} ms: ${verdict}`)
