// npm run bench -- [name] [arguments]: measurements that print numbers and ratios; a name is that of a file in test/bench.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setUp } from './setup.mjs'
import { ROOT, runNode, say } from './shared.mjs'

const folder = join(ROOT, 'test', 'bench')
const [name, ...args] = process.argv.slice(2)
const benches = readdirSync(folder)
  .filter((file) => /^[a-z]+\.mjs$/.test(file))
  .map((file) => file.slice(0, -'.mjs'.length))

setUp()
if (name !== undefined && !benches.includes(name)) {
  say(`There is no measurement ${name}. There are:`)
  for (const bench of benches) say(`  ${bench.padEnd(10)} ${purpose(bench)}`)
  process.exitCode = 1
} else {
  for (const bench of name === undefined ? benches : [name]) {
    say(`— ${bench}`)
    const code = await runNode([join(folder, `${bench}.mjs`), ...args])
    process.exitCode = Math.max(process.exitCode ?? 0, code)
  }
}

/** The first line of a measurement says what it measures. */
function purpose(bench) {
  return readFileSync(join(folder, `${bench}.mjs`), 'utf8')
    .split('\n', 1)[0]
    .replace(/^\/\/ */, '')
}
