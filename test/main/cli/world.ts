import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCli, type ExitCode } from '../../../src/main/cli/cli.js'
import type { Surroundings } from '../../../src/main/cli/command.js'
import { scriptedLauncher, type ScriptedLauncher } from '../../contract/scripted-launcher.js'

export interface Answer {
  readonly code: ExitCode
  readonly out: string
  readonly err: string
}

export interface TestWorld {
  readonly folder: string
  readonly launcher: ScriptedLauncher
  run(...args: string[]): Promise<Answer>
  /** What a listener for Ctrl-C would hear. */
  interrupt(): void
  write(name: string, content: string | Buffer): Promise<string>
  remove(): Promise<void>
}

/** The command line on a temporary folder, its streams caught. */
export async function testWorld(answers: Parameters<typeof scriptedLauncher>[0] = {}): Promise<TestWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-cli-'))
  const launcher = scriptedLauncher(answers)
  const listeners = new Set<() => void>()

  async function run(...args: string[]): Promise<Answer> {
    const streams = { out: '', err: '' }
    const world: Surroundings = {
      folder,
      home: join(folder, 'home'),
      version: '9.9',
      renderer: join(folder, 'window'),
      launcher,
      services: () => {
        throw new Error('not used here')
      },
      out: (text) => (streams.out += text),
      err: (text) => (streams.err += text),
      onInterrupt(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    }
    return { code: await runCli(args, world), ...streams }
  }

  return {
    folder,
    launcher,
    run,
    interrupt: () => listeners.forEach((listener) => listener()),
    async write(name, content) {
      await writeFile(join(folder, name), content)
      return name
    },
    remove: () => rm(folder, { recursive: true }),
  }
}
