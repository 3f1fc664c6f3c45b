import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

/** Folder of package.json. */
export const ROOT = resolve(import.meta.dirname, '..')

/** One line to the person; standard output belongs to results. */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

/**
 * Run Node on a file of the project with the terminal's streams; resolves with its exit code. Signals are handed on, also
 * where only this process gets them, and the child decides when to end.
 */
export function runNode(args, options = {}) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit', ...options })
    const signals = ['SIGINT', 'SIGTERM']
    const forward = (signal) => child.kill(signal)
    for (const signal of signals) process.on(signal, forward)
    child.on('close', (code) => {
      for (const signal of signals) process.off(signal, forward)
      done(code ?? 2)
    })
  })
}
