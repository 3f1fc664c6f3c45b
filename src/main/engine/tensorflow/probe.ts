import { readFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { ENGINE_TITLES, engineOfDevice, type TensorFlowDevice } from '../../../shared/engine.js'
import { AppError } from '../../../shared/errors.js'
import { openCApi } from './c-api.js'
import { noGpu } from './cuda.js'
import { requireTensorFlow } from './library.js'
import { TfSession } from './session.js'

/** What TensorFlow is here. */
export interface TensorFlowFacts {
  /** Version and who brought the library. */
  readonly detail: string
  readonly version: string
  /** Bytes of the device. */
  readonly memory: number
}

/** Load TensorFlow into this process and look at one kind of device; `device/unavailable` says what is missing. */
export function probeTensorFlow(device: TensorFlowDevice): TensorFlowFacts {
  const engine = engineOfDevice(device)
  const library = requireTensorFlow(engine)
  if (lacksAvx()) {
    const message = 'This processor has no AVX instructions, which TensorFlow’s packages need.'
    throw new AppError('device/unavailable', message, 'Use onnx-cpu here.')
  }
  const api = openCApi(library)
  const version = api.call('version') as string
  const detail = `${ENGINE_TITLES[engine]} ${version}, ${library.source}.`
  if (device !== 'tensorflow-gpu') return { detail, version, memory: totalmem() }
  const session = new TfSession(api, { gpu: true })
  try {
    const [card, ...others] = session.devices().filter(({ kind }) => kind === 'GPU')
    if (!card) throw noGpu(version, library.source, api.canLoad)
    const more = others.length > 0 ? ` It sees ${others.length + 1} cards and uses the first.` : ''
    return { detail: `${detail}${more}`, version, memory: card.memory }
  } finally {
    session.dispose()
  }
}

/** Loading TensorFlow would end this process at once; only Linux tells in a file. */
function lacksAvx(): boolean {
  if (process.platform !== 'linux' || process.arch !== 'x64') return false
  try {
    return !/^flags\s*:.*\bavx\b/m.test(readFileSync('/proc/cpuinfo', 'utf8'))
  } catch {
    return false
  }
}
