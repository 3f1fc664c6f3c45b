import { startServer } from '../../engine/tensorflow/server.js'
import type { Job } from '../jobs.js'

/** Serve other trainings until this process is ended. */
export function worker({ cluster, index }: Extract<Job, { kind: 'worker' }>): Promise<never> {
  startServer({ cluster, index })
  return new Promise(() => undefined)
}
