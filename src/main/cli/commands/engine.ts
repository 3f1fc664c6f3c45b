import { ENGINE_TITLES, engineOfBuild, ENGINES, type EngineBuild, type EngineName } from '../../../shared/engine.js'
import { AppError } from '../../../shared/errors.js'
import { installTensorFlow, removeTensorFlow } from '../../engine/tensorflow/install/install.js'
import { faultIn, findTensorFlow, type LibrarySearch, type TensorFlowLibrary } from '../../engine/tensorflow/library.js'
import { defineCommand, type Surroundings } from '../command.js'
import { oneArgument } from '../arguments.js'
import { jsonLine } from '../text.js'

export const engine = defineCommand({
  name: 'engine',
  doc: 'Show, get or remove TensorFlow, the fast engine, and its build with OpenMP, which may stand beside it.',
  usage: 'list|install|remove [--gpu | --openmp] [--json]',
  options: {
    gpu: {
      kind: 'flag',
      doc: 'The one with CUDA for NVIDIA cards (several gigabytes), in the place of the usual one.',
    },
    openmp: {
      kind: 'flag',
      doc: 'Intel’s older build (2.14, for Python 3.9 to 3.11), a device of its own: faster with small images, slower with branches.',
    },
    json: { kind: 'flag', doc: 'Print JSON.' },
  },
  async run({ values, rest }, world) {
    const print = (facts: object, text: string) => world.out(values.json ? jsonLine(facts) : `${text}\n`)
    switch (oneArgument(rest, 'action')) {
      case 'list': {
        const engines = ENGINES.map((name) => ({ name, ...lookFor(name, world) }))
        print({ engines }, engines.map(listed).join('\n'))
        return 0
      }
      case 'install': {
        const library = await install(buildOf(values), world)
        print({ library }, `Installed ${describe(engineOfBuild(buildOf(values)), library)}`)
        return 0
      }
      case 'remove': {
        const removed = await removeTensorFlow(world.home, engineOfBuild(buildOf(values)))
        print({ removed }, removed ? 'Removed.' : 'There was nothing to remove.')
        return 0
      }
      default:
        throw new AppError('input/invalid', `There is no action ${rest[0]}.`, 'Write list, install or remove.')
    }
  },
})

/** The library of an engine, what is wrong with it, or how it is got. */
function lookFor(name: EngineName, { home }: Surroundings): LibrarySearch & { readonly fault?: string } {
  const search = findTensorFlow(name, process.env, home)
  const fault = search.library && faultIn(search.library)
  return fault === undefined ? search : { ...search, fault }
}

function listed({ name, ...search }: { readonly name: EngineName } & ReturnType<typeof lookFor>): string {
  return search.library ? (search.fault ?? describe(name, search.library)) : `${search.message} ${search.hint}`
}

function buildOf({ gpu, openmp }: { readonly gpu: boolean; readonly openmp: boolean }): EngineBuild {
  if (gpu && openmp) throw new AppError('input/invalid', 'Of --gpu and --openmp only one can be had.', 'Leave one out.')
  return gpu ? 'cuda' : openmp ? 'openmp' : 'processor'
}

async function install(build: EngineBuild, world: Surroundings): Promise<TensorFlowLibrary> {
  const stop = new AbortController()
  const done = world.onInterrupt(() => stop.abort())
  try {
    return await installTensorFlow({
      home: world.home,
      build,
      say: (line) => world.err(`${line}\n`),
      signal: stop.signal,
    })
  } finally {
    done()
  }
}

function describe(name: EngineName, { version, source, path }: TensorFlowLibrary): string {
  return `${ENGINE_TITLES[name]}${version === undefined ? '' : ` ${version}`}, ${source}: ${path}`
}
