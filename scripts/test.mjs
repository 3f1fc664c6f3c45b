import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { build } from './build.mjs'
import { setUp } from './setup.mjs'
import { ROOT, say } from './shared.mjs'

const quick = process.argv.includes('--quick')
const results = join(ROOT, 'test-results')
const total = { passed: 0, failed: 0, skipped: 0 }

setUp()
mkdirSync(results, { recursive: true })
if (quick) {
  vitest('quick tests', [], { NETWRIGHT_QUICK: '1' })
} else {
  build()
  check('types', ['typescript/bin/tsc', '-b'])
  check('lint', ['eslint/bin/eslint.js', '.', '--max-warnings', '0'])
  check('format', ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'])
  vitest('tests', [])
  endToEnd()
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 ? 1 : 0

/** A tool that is right or wrong as a whole: one test. */
function check(name, [tool, ...args]) {
  say(`— ${name}`)
  const { status } = run([tool, ...args])
  total[status === 0 ? 'passed' : 'failed'] += 1
}

/** Tests of one Vitest configuration; the counts come from its own report. */
function vitest(name, args, environment = {}) {
  say(`— ${name}`)
  const report = join(results, `${name.replaceAll(' ', '-')}.json`)
  rmSync(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { status } = run(['vitest/vitest.mjs', 'run', ...args, ...reporters], environment)
  if (!existsSync(report)) {
    total.failed += 1
    return
  }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  )
  // A file that cannot be loaded fails without having a test that does.
  const broken = testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some(isFailed)).length
  const failed = numFailedTests + broken
  total.passed += numPassedTests
  total.failed += failed > 0 || status === 0 ? failed : 1 // an error outside of all tests
  total.skipped += numPendingTests + numTodoTests
}

function isFailed({ status }) {
  return status === 'failed'
}

function endToEnd() {
  const files = readdirSync(join(ROOT, 'test', 'e2e'), { recursive: true }).filter((name) => name.endsWith('.test.ts'))
  const chromium = findChromium()
  if (chromium) return vitest('end to end', ['--config', 'vitest.e2e.config.ts'], { CHROMIUM: chromium })
  total.skipped += files.length
  console.log(`skipped: ${files.length} end-to-end tests, since no Chromium was found (install one, or set CHROMIUM)`)
}

/** Path of a browser: what `CHROMIUM` says, or the first on the path. */
function findChromium() {
  if (process.env.CHROMIUM) return existsSync(process.env.CHROMIUM) ? process.env.CHROMIUM : undefined
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
}

function run([tool, ...args], environment = {}) {
  const [first, ...rest] = tool.split('/')
  return spawnSync(process.execPath, [join(ROOT, 'node_modules', first, ...rest), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  })
}
