import { AppError } from '../../../shared/errors.js'
import { addressOf, heardAlone } from '../cluster.js'
import { openCApi, type Pointer } from './c-api.js'
import { serverBytes, type ServerConfig } from './graph-def.js'
import { hearOnly } from './hear-only.js'
import { requireTensorFlow } from './library.js'

/**
 * Start TensorFlow's own server in this process, which serves until it ends. It obeys everybody who reaches its port; where the
 * system can, that is only who calls it by its address in the cluster. `device/unavailable` without TensorFlow or when the port
 * is taken.
 */
export function startServer(config: ServerConfig): void {
  const address = config.cluster[config.index] as string
  const api = openCApi(requireTensorFlow('tensorflow'))
  const status = api.call('newStatus') as Pointer
  const check = () => {
    if (api.call('code', status) === 0) return
    const words = api.call('message', status) as string
    throw new AppError(
      'device/unavailable',
      `The worker cannot start: ${words}`,
      'Choose another port, or free this one.',
    )
  }
  const bytes = serverBytes(config)
  const server = api.call('newServer', bytes, bytes.length, status)
  check()
  // It listens by now, but answers nobody before it is started.
  if (heardAlone(address)) hearOnly(addressOf(address))
  api.call('startServer', server, status)
  check()
}
