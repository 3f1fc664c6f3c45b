import { fork } from 'node:child_process'
import type { Launcher } from './jobs.js'
import { supervise, type Child } from './supervise.js'

/** Starts trainers with Node's `fork`; `entry` is the path of the built `trainer.js`. */
export function forkLauncher(entry: string): Launcher {
  return { run: (job, onEvents) => supervise(forkChild(entry), job, onEvents) }
}

function forkChild(entry: string): Child {
  // Standard output of the parent belongs to its own answers (`--json`), so the child gets none of it.
  const child = fork(entry, [], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], serialization: 'advanced', execArgv: [] })
  const lost = () => undefined
  return {
    send: (message) => void (child.connected && child.send(message, lost)),
    kill: () => void child.kill('SIGKILL'),
    onMessage: (listener) => void child.on('message', listener),
    onExit(listener) {
      child.on('error', (error) => listener({ error }))
      // Not 'exit': the last lines of output and the last messages may still be on their way then.
      child.on('close', (code, signal) => listener({ ...(code !== null && { code }), ...(signal && { signal }) }))
    },
    onOutput(listener) {
      for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', listener)
    },
  }
}
