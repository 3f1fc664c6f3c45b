import type { InstallProgress } from '../../../../shared/engine.js'

/** Of an installation that begins. */
export const START: InstallProgress = { step: 'environment', received: 0 }

const UNITS: Readonly<Record<string, number>> = { bytes: 1, kB: 1e3, MB: 1e6, GB: 1e9 }

/** True for the lines that `pip --progress-bar raw` prints four times a second: news for a bar, nothing for a log. */
export function isTick(line: string): boolean {
  return /^Progress \d+ of \d+$/.test(line)
}

/**
 * The progress after a line of pip's output. It tells of each file when it begins, `Downloading six-1.17.0-….whl (11 kB)`, with
 * `--progress-bar raw` how far it is, `Progress 4096 of 11050`, and in the end `Installing collected packages: …`.
 */
export function afterLine(progress: InstallProgress, line: string): InstallProgress {
  const [, done, total] = (isTick(line) && /(\d+) of (\d+)/.exec(line)) || []
  if (done !== undefined && progress.file !== undefined) {
    const more = Math.max(0, Number(done) - (progress.done ?? 0))
    return { ...progress, done: Number(done), total: Number(total), received: progress.received + more }
  }
  const [, how, name = '', amount, unit] =
    /^\s*(Downloading|Using cached) (\S+?)(?: \((\d[\d.]*) (bytes|[kMG]B)\))?$/.exec(line) ?? []
  if (how !== undefined && !name.endsWith('.metadata')) {
    const size = amount === undefined ? undefined : Math.round(Number(amount) * (UNITS[unit as string] as number))
    const kept = whole(progress)
    const file = { step: 'download' as const, file: packageIn(name), received: kept }
    if (size === undefined) return file
    const cached = how === 'Using cached'
    return { ...file, done: cached ? size : 0, total: size, received: cached ? kept + size : kept }
  }
  return line.startsWith('Installing collected packages') ? { step: 'unpack', received: whole(progress) } : progress
}

/** Bytes of all files once the present one is there: a pip without ticks only tells of the next. */
function whole({ received, done = 0, total = done }: InstallProgress): number {
  return received + Math.max(0, total - done)
}

/** `https://…/tensorflow_cpu-2.21.0-cp311-….whl` is `tensorflow_cpu 2.21.0`. */
function packageIn(name: string): string {
  const file = name.split('/').at(-1) as string
  return file
    .replace(/\.(tar\.gz|zip|whl)$/, '')
    .split('-', 2)
    .join(' ')
}
