import { readFileSync } from 'node:fs'
import { AppError } from '../../../shared/errors.js'
import { openCApi } from './c-api.js'
import { requireTensorFlow } from './library.js'
import { TfSession } from './session.js'

/** What TensorFlow is here. */
export interface TensorFlowFacts {
  readonly version: string
  /** Who brought the library. */
  readonly source: string
  /** It sees a graphics card that it can compute on. */
  readonly gpu: boolean
}

/** Load TensorFlow into this process and open a session; `device/unavailable` says what is missing. */
export function probeTensorFlow(): TensorFlowFacts {
  const library = requireTensorFlow()
  if (lacksAvx()) {
    const message = 'This processor has no AVX instructions, which TensorFlow’s packages need.'
    throw new AppError('device/unavailable', message, 'Use onnx-cpu here.')
  }
  const api = openCApi(library)
  const session = new TfSession(api, { gpu: true })
  try {
    const gpu = session.devices().includes('GPU')
    return { version: api.call('version') as string, source: library.source, gpu }
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
