import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { homeFolder } from '../storage/home.js'
import { createServices } from '../services/index.js'
import { forkLauncher } from '../trainer/launcher.js'
import { runCli } from './cli.js'

const out = join(import.meta.dirname, '..')
const { version } = JSON.parse(readFileSync(join(out, '..', 'package.json'), 'utf8')) as { version: string }
const launcher = forkLauncher(join(out, 'main', 'trainer.js'))
const home = homeFolder()

// A reader that has seen enough (`| head`) is no fault of ours.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit(0))

process.exitCode = await runCli(process.argv.slice(2), {
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
