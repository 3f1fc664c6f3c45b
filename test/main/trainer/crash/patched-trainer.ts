import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * The entry of a trainer that runs some code of a test before its own: it finds `require` for the native packages, `fs`
 * (node:fs/promises, whose changes the trainer sees after `sync()`), and `die()`, a real segmentation fault.
 */
export async function patchedTrainer(trainer: string, code: string): Promise<string> {
  const entry = join(await mkdtemp(join(tmpdir(), 'patched-')), 'entry.mjs')
  const lines = [
    `import { createRequire, syncBuiltinESMExports as sync } from 'node:module'`,
    `import fs from 'node:fs/promises'`,
    `const require = createRequire(${JSON.stringify(pathToFileURL(trainer).href)})`,
    `const die = () => process.kill(process.pid, 'SIGSEGV')`,
    code,
    `await import(${JSON.stringify(pathToFileURL(trainer).href)})`,
  ]
  await writeFile(entry, lines.join('\n'))
  return entry
}
