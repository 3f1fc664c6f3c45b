import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

const ROOT = resolve(import.meta.dirname, '../../..')

/**
 * A process that says hello in JSON and answers each number of steps with a line of JSON; undefined if it ends before, after
 * its last words have been shown.
 */
export async function worker(command, args, env = {}) {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: 'pipe',
  })
  let words = ''
  child.stderr.on('data', (data) => (words = (words + data).slice(-2000)))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = await lines.next()
    return done ? undefined : JSON.parse(value)
  }
  const hello = await next()
  if (!hello) {
    console.error(words)
    return undefined
  }
  return {
    hello,
    async ask(steps) {
      child.stdin.write(`${steps}\n`)
      const answer = await next()
      if (!answer) throw new Error(`its process ended${child.signalCode ? ` by ${child.signalCode}` : ''}.\n${words}`)
      return answer
    },
    memory: () => peakMegabytes(child.pid),
    end: () => child.stdin.end(),
  }
}

/** The most memory the process has had at once; undefined where the system does not tell. */
function peakMegabytes(pid) {
  const file = `/proc/${pid}/status`
  const peak = existsSync(file) && /VmHWM:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))
  return peak ? Math.round(Number(peak[1]) / 1024) : undefined
}
