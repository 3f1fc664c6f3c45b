import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const candidates = ['../../.venv-judges/bin/python', '../../.venv-judges/Scripts/python.exe'].map(at)

/** Python of the judges' environment, if it has been made and has all of these packages; says so and counts it if not. */
export function judgesPython(...packages: readonly string[]): string | undefined {
  const python = candidates.find((path) => existsSync(path))
  const script = `import importlib.util as u, sys; sys.exit(not all(u.find_spec(n) for n in sys.argv[1:]))`
  if (python && spawnSync(python, ['-c', script, ...packages]).status === 0) return python
  console.log(`skipped=1 Python judge needs ${packages.join(', ')} in .venv-judges: run node scripts/python.mjs`)
  return undefined
}

/** Run a judge; returns the JSON on the last line of its output, throws with its error text if it fails. */
export function runJudge(python: string, script: string, args: readonly string[], input = ''): unknown {
  const options = { input, encoding: 'utf8', maxBuffer: 2 ** 28 } as const
  const { status, stdout, stderr } = spawnSync(python, [at(script), ...args], options)
  if (status !== 0) throw new Error(`${script} ended with ${status}:\n${stderr.slice(-4000)}`)
  return JSON.parse(stdout.trimEnd().split('\n').pop() as string)
}
