import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { diskError, systemCode } from '../storage/disk-error.js'
import { homeFolder } from '../storage/home.js'
import { createServices } from '../services/index.js'
import { forkLauncher } from '../trainer/launcher.js'
import { runCli } from './cli.js'

const out = join(import.meta.dirname, '..')
const { version } = JSON.parse(readFileSync(join(out, '..', 'package.json'), 'utf8')) as { version: string }
const launcher = forkLauncher(join(out, 'main', 'trainer.js'))
const home = homeFolder()

let failed: 0 | 1 = 0
for (const stream of [process.stdout, process.stderr]) stream.on('error', endOfOutput)

const code = await runCli(process.argv.slice(2), {
  folder: process.cwd(),
  home,
  version,
  renderer: join(out, 'renderer'),
  launcher,
  services: (shell) => createServices({ launcher, home, userHome: homedir(), version, shell }),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  onInterrupt(listener) {
    process.on('SIGINT', listener).on('SIGTERM', listener)
    return () => process.off('SIGINT', listener).off('SIGTERM', listener)
  },
})
process.exitCode = failed || code

/**
 * Nobody hears what is printed: a reader that has seen enough (`| head`) is no fault, a full disk is. What goes on ends as by Ctrl-C,
 * so that nothing of a run is lost.
 */
function endOfOutput(error: Error): void {
  if (failed === 0 && systemCode(error) !== 'EPIPE') {
    failed = 1
    const { message, hint } = diskError(error, 'the output')
    process.stderr.write(`${message}\n${hint}\n`)
  }
  if (process.listenerCount('SIGINT') > 0) process.emit('SIGINT')
  else process.exit(failed)
}
