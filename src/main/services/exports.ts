import { join } from 'node:path'
import type { Api, ExportFormat } from '../../shared/api.js'
import { AppError } from '../../shared/errors.js'
import { openBeneath } from '../storage/beneath.js'
import type { Launcher } from '../trainer/jobs.js'
import { runFolder } from './run-folders.js'

/** Largest file that a window can download. */
const MOST_BYTES = 256 * 1024 * 1024

interface ExportsOptions {
  readonly runsFolder: string
  readonly launcher: Launcher
}

/** Model files of runs, written and verified by a child process into the folder of the run. */
export function createExports({ runsFolder, launcher }: ExportsOptions): Api['exports'] {
  const outputOf = async (run: string, format: ExportFormat) =>
    join(await runFolder(runsFolder, run), 'exports', format)

  return {
    async write(run, format, heads) {
      const folder = await outputOf(run, format)
      const output = format === 'onnx' ? join(folder, `${run}.onnx`) : folder
      const job = { kind: 'export', run: await runFolder(runsFolder, run), format, heads, output } as const
      return launcher.run(job).result
    },
    async read(run, format, file) {
      const folder = await outputOf(run, format)
      const handle = await openBeneath(folder, file)
      try {
        refuseTooLarge(file, (await handle.stat()).size, folder)
        return { base64: (await handle.readFile()).toString('base64') }
      } finally {
        await handle.close()
      }
    },
  }
}

/** A file crosses the wire as one text, and longer ones than 2²⁹ letters cannot be made. */
function refuseTooLarge(file: string, bytes: number, folder: string): void {
  if (bytes <= MOST_BYTES) return
  const message = `${file} has ${bytes} bytes; at most ${MOST_BYTES} are handed to a browser.`
  throw new AppError('file/refused', message, `Copy it from ${folder}`)
}
