import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { AppError } from '../../shared/errors.js'
import { openIdx } from './idx.js'
import { openShapes } from './shapes.js'
import type { Source } from './store.js'

interface Builtin {
  readonly spec: string
  readonly title: string
  readonly detail: string
  open(): Promise<Source>
}

const FASHION = 'Fashion-MNIST (7,000 images)'

/** Data that comes with the app; the first is what `builtin` means. */
export const BUILTIN: readonly Builtin[] = [
  {
    spec: 'builtin:fashion-mnist',
    title: FASHION,
    detail: 'Photographs of clothing by Zalando, grey, 28x28, 10 classes; 6,000 to train on, 1,000 for validation.',
    open: async () => {
      const source = await openIdx(join(resources(), 'fashion-mnist'), FASHION)
      if (!source)
        throw new AppError('data/not-found', 'The built-in Fashion-MNIST is missing.', 'Install Netwright again.')
      return source
    },
  },
  {
    spec: 'builtin:texture-shapes',
    title: 'Texture shapes',
    detail:
      'Drawn on demand: five shapes that differ from their ground only by texture, in colour, at any size, 10 classes.',
    open: () => Promise.resolve(openShapes()),
  },
]

/** Open built-in data by its spec; `builtin` alone is the first. `data/not-found` lists what there is. */
export function openBuiltin(spec: string): Promise<Source> {
  const found = spec === 'builtin' ? BUILTIN[0] : BUILTIN.find((builtin) => builtin.spec === spec)
  if (found) return found.open()
  const specs = BUILTIN.map((builtin) => builtin.spec).join(', ')
  throw new AppError('data/not-found', `There is no built-in data "${spec}".`, `There are ${specs}.`)
}

/** The folder of built-in data: found upwards, since sources, bundles and packed apps lie at different depths. */
function resources(): string {
  for (let folder = import.meta.dirname; dirname(folder) !== folder; folder = dirname(folder)) {
    const candidate = join(folder, 'resources', 'data')
    if (existsSync(candidate)) return candidate
  }
  throw new AppError('data/not-found', 'The folder of built-in data is missing.', 'Install Netwright again.')
}
