import { isAbsolute, join } from 'node:path'
import type { Api } from '../../shared/api.js'
import type { Launcher } from '../trainer/jobs.js'
import { BUILTIN } from '../data/builtin.js'

/** Seed of the split that a summary shows; the split of a run follows the seed of its settings. */
const SUMMARY_SEED = 1

/** What can be trained on; images are decoded in a child process only. */
export function createData(launcher: Launcher, userHome: string): Api['data'] {
  return {
    builtin: () => Promise.resolve(BUILTIN.map(({ spec, title, detail }) => ({ spec, title, detail }))),
    describe: (spec, validationShare) =>
      launcher.run({ kind: 'describe', data: dataSpec(spec, userHome), validationShare, seed: SUMMARY_SEED }).result,
  }
}

/** A data spec with its path made absolute: `~/x` and relative paths are below `base`, built-in names stay. */
export function dataSpec(spec: string, base: string): string {
  if (spec === 'builtin' || spec.startsWith('builtin:') || isAbsolute(spec)) return spec
  return join(base, spec.startsWith('~/') ? spec.slice(2) : spec)
}
