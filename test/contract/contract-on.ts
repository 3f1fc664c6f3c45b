import { execFile } from 'node:child_process'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** The files that hold every kernel and layer to tfjs, by the beginning of their paths. */
export const CONTRACT = ['kernels', 'grouped', 'shaping', 'heads', 'layers', 'executors'].map(
  (name) => `test/contract/${name}.`,
)

/** What Vitest reports of the tests whose names fit, run in a process of its own with another environment. */
export async function contractOn(only: string, environment: NodeJS.ProcessEnv, files: readonly string[] = CONTRACT) {
  const report = join(await mkdtemp(join(tmpdir(), 'contract-')), 'report.json')
  const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=json', `--outputFile=${report}`]
  await new Promise((resolve) => {
    const options = { cwd: root, env: environment, maxBuffer: 2 ** 28 }
    execFile(process.execPath, [...vitest, '-t', only, ...files], options, resolve)
  })
  const { testResults } = JSON.parse(await readFile(report, 'utf8')) as {
    testResults: { assertionResults: { status: string; fullName: string; failureMessages: string[] }[] }[]
  }
  const results = testResults.flatMap(({ assertionResults }) => assertionResults)
  const failed = results.filter(({ status }) => status === 'failed')
  return {
    passed: results.filter(({ status }) => status === 'passed').length,
    failed: failed.map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages[0]?.split('\n', 1)[0]}`),
  }
}
