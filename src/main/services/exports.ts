import { join } from 'node:path'
import type { Api, ExportFormat } from '../../shared/api.js'
import { openBeneath } from '../storage/beneath.js'
import type { Launcher } from '../trainer/jobs.js'
import { runFolder } from './run-folders.js'

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
      const handle = await openBeneath(await outputOf(run, format), file)
      try {
        return { base64: (await handle.readFile()).toString('base64') }
      } finally {
        await handle.close()
      }
    },
  }
}
