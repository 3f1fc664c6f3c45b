import { systemCode } from './disk-error.js'

/** True if a process of this number runs, also one of another user; asking changes nothing. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCode(error) !== 'ESRCH'
  }
}
