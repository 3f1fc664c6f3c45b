import { readFileSync } from 'node:fs'
import type { MemoryEvent } from '../../shared/training/events.js'

/** Growth of the peak that is worth telling. */
const WORTHWHILE = 1.02

/** Tells the most memory that this process has had, whenever it is asked after some growth. */
export function memoryTeller(emit: (event: MemoryEvent) => void) {
  let told = 0
  return (step: number): void => {
    const peak = peakMemory()
    if (peak < WORTHWHILE * told) return
    told = peak
    emit({ type: 'memory', step, peak })
  }
}

/** The most bytes that this process has had in memory at once. */
function peakMemory(): number {
  try {
    // On Linux `maxRSS` begins with what the parent had.
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
    if (kilobytes !== undefined) return Number(kilobytes) * 1024
  } catch {
    // Another system.
  }
  return process.resourceUsage().maxRSS * 1024
}
