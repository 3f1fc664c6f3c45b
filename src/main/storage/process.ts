import { readFileSync } from 'node:fs'
import { systemCode } from './disk-error.js'

/** A process as it is written down, to be recognised later. */
export interface ProcessMark {
  readonly process: number
  /** When it began, where the system tells: numbers are given again, after a restart of the computer above all. */
  readonly processStart?: string
}

/** This process. */
export function ownMark(): ProcessMark {
  const processStart = startOf(process.pid)
  return { process: process.pid, ...(processStart !== undefined && { processStart }) }
}

/** True if a process of this number runs, also one of another user; asking changes nothing. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCode(error) !== 'ESRCH'
  }
}

/** True if the very process that was written down runs. */
export function isAlive({ process: pid, processStart }: Partial<ProcessMark>): boolean {
  if (pid === undefined || !isRunning(pid)) return false
  const start = startOf(pid)
  return processStart === undefined || start === undefined || start === processStart
}

/** The start of a process of this computer: which start of the computer, and how long after it. Only Linux tells without a program. */
function startOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The 22nd field (proc(5)); the second is a name, which may hold anything, in brackets.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return ticks === undefined ? undefined : `${boot} ${ticks}`
  } catch {
    return undefined
  }
}
