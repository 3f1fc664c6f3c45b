import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * The entry of a trainer that runs some code of a test before its own: it finds `require` for the native packages, `fs`
 * (node:fs/promises, whose changes the trainer sees after `sync()`), `die()`, a real segmentation fault, and `dieIn(ms)`, which
 * comes by a thread, so that native code may be at work, and by the event loop at the latest: the trainer gets no further than
 * that on any computer, however slow its parent is.
 */
export async function patchedTrainer(trainer: string, code: string): Promise<string> {
  const entry = join(await mkdtemp(join(tmpdir(), 'patched-')), 'entry.mjs')
  const lines = [
    `import { createRequire, syncBuiltinESMExports as sync } from 'node:module'`,
    `import fs from 'node:fs/promises'`,
    `const require = createRequire(${JSON.stringify(pathToFileURL(trainer).href)})`,
    `import { Worker } from 'node:worker_threads'`,
    `const die = () => process.kill(process.pid, 'SIGSEGV')`,
    `const wait = (ms) => 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ' + ms + ')'`,
    `const dieIn = (ms) => {
       setTimeout(die, ms)
       new Worker(wait(ms) + "; process.kill(process.pid, 'SIGSEGV')", { eval: true })
     }`,
    code,
    `await import(${JSON.stringify(pathToFileURL(trainer).href)})`,
  ]
  await writeFile(entry, lines.join('\n'))
  return entry
}
