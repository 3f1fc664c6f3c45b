import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const candidates = ['../../.venv-judges/bin/python', '../../.venv-judges/Scripts/python.exe'].map(at)

/** Python of the judges' environment, if it has been made and has all of these packages; says so and counts it if not. */
export async function judgesPython(...packages: readonly string[]): Promise<string | undefined> {
  const python = candidates.find((path) => existsSync(path))
  const script = `import importlib.util as u, sys; sys.exit(not all(u.find_spec(n) for n in sys.argv[1:]))`
  if (python && (await run(python, ['-c', script, ...packages])).code === 0) return python
  console.log(`skipped=1 Python judge needs ${packages.join(', ')} in .venv-judges: run node scripts/python.mjs`)
  return undefined
}

/** Run a judge; resolves to the JSON on the last line of its output, rejects with its error text if it fails. */
export async function runJudge(python: string, script: string, args: readonly string[], input = ''): Promise<unknown> {
  const { code, output, errors } = await run(python, [at(script), ...args], input)
  if (code !== 0) throw new Error(`${script} ended with ${code}:\n${errors.slice(-4000)}`)
  return JSON.parse(output.trimEnd().split('\n').pop() as string)
}

/** Without blocking: the test runner has to answer its own messages meanwhile. */
async function run(python: string, args: readonly string[], input = '') {
  const child = spawn(python, args)
  child.stdin.end(input)
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  const [code, output, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  return { code, output, errors }
}
