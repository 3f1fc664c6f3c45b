import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Folder of package.json. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Make sure that out/ was built from the sources as they are; returns the folder. */
export function built(): string {
  execFileSync(process.execPath, [`${ROOT}scripts/build.mjs`], { stdio: ['ignore', 'inherit', 'inherit'] })
  return `${ROOT}out`
}
