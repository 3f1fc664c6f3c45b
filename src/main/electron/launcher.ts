import { utilityProcess } from 'electron'
import type { Launcher } from '../trainer/jobs.js'
import { supervise, type Child } from '../trainer/supervise.js'

/** Starts trainers as utility processes: the fuse `runAsNode` is off, so Node's `fork` cannot be used in the packed app. */
export function utilityLauncher(entry: string): Launcher {
  return { run: (job, onEvents) => supervise(utilityChild(entry), job, onEvents) }
}

function utilityChild(entry: string): Child {
  const child = utilityProcess.fork(entry, [], { stdio: 'pipe', serviceName: 'Netwright trainer' })
  return {
    send: (message) => child.postMessage(message),
    kill: () => void child.kill(),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', (code) => listener({ code })),
    onOutput(listener) {
      const pass = (chunk: Buffer) => listener(chunk.toString('utf8'))
      child.stdout?.on('data', pass)
      child.stderr?.on('data', pass)
    },
  }
}
