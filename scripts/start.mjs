import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setUp } from './setup.mjs'

const flags = process.argv.slice(2)
setUp()
const { build } = await import('./build.mjs')
build()

// Asking for a port or for no window means the host; otherwise Electron, where its binary can be had.
const { electronBinary } = await import('./electron-binary.mjs')
const { ROOT, runNode } = await import('./shared.mjs')
const binary = flags.length === 0 ? electronBinary() : undefined
process.exitCode =
  (binary && (await runElectron(binary))) ?? (await runNode([join(ROOT, 'out/main/cli.js'), 'serve', ...flags]))

/** Exit code of Electron, or `undefined` if it could not show a window (no display, missing system libraries). */
function runElectron(path) {
  return new Promise((done) => {
    const child = spawn(path, [ROOT], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
    let ready = false
    child.on('message', (message) => (ready ||= message === 'ready'))
    child.on('error', () => done(undefined))
    child.on('close', (code) => done(ready || code === 0 ? (code ?? 2) : undefined))
  })
}
