import { AppError } from '../../../shared/errors.js'
import { openCApi, type Pointer } from './c-api.js'
import { serverBytes, type ServerConfig } from './graph-def.js'
import { requireTensorFlow } from './library.js'

/**
 * Start TensorFlow's own server in this process, which serves until it ends. It obeys everybody who reaches its port.
 * `device/unavailable` without TensorFlow or when the port is taken.
 */
export function startServer(config: ServerConfig): void {
  const api = openCApi(requireTensorFlow())
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
  api.call('startServer', server, status)
  check()
}
