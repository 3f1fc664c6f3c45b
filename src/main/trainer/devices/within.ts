import { AppError } from '../../../shared/errors.js'
import type { RunningJob } from '../jobs.js'

/** The result of a job, or `device/unavailable` and the end of its process when it has not answered after so many ms. */
export function within<R>(job: RunningJob<R>, milliseconds: number): Promise<R> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const message = `It gave no answer in ${Math.round(milliseconds / 1000)} s.`
      reject(new AppError('device/unavailable', message, 'Update its driver, or choose another device.'))
      job.kill()
    }, milliseconds)
    job.result.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
