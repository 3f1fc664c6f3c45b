import { AppError } from '../../../../shared/errors.js'

/** Lines that are kept to find out why pip failed: enough for all retries of a download. */
const KEPT = 200
/** Characters of pip's words in a message. */
const MOST_WORDS = 300

const FULL = /No space left on device|Errno 28|Disk quota exceeded/
const UNREACHABLE =
  /Failed to establish a new connection|Temporary failure in name resolution|Name or service not known|Network is unreachable|Connection refused|ConnectTimeout|Read timed out|ProxyError|Cannot connect to proxy|SSLError/
const NO_PACKAGE = /No matching distribution found for (\S+)/

/** What Python and pip said, and what it means when they fail. */
export class Log {
  private lines: string[] = []

  add(line: string): void {
    if (line.trim() !== '') this.lines = [...this.lines, line.trim()].slice(-KEPT)
  }

  /**
   * Why a command that wrote into `folder` failed, as something a person can mend: `disk/full`, or `device/unavailable` with pip's own
   * words. Without a network pip says in the end that there is no package, so that is asked last.
   */
  failure(command: string, folder: string, hint: string): AppError {
    const find = (pattern: RegExp) => this.lines.map((line) => pattern.exec(line)).find((match) => match !== null)
    const words = this.words()
    if (find(FULL)) {
      const mend = 'Make room there, or set NETWRIGHT_HOME to a folder on a larger disk.'
      return new AppError('disk/full', `No space is left to install TensorFlow in ${folder}.`, mend)
    }
    const fail = (message: string, mend: string) => new AppError('device/unavailable', message, mend)
    if (find(UNREACHABLE)) {
      return fail(
        `The index of Python packages cannot be reached: ${words}`,
        'Check the network and its proxy, then try again; what was fetched already is not fetched again.',
      )
    }
    const [, wanted] = find(NO_PACKAGE) ?? []
    if (wanted !== undefined) {
      return fail(
        `There is no package ${wanted} for this Python on this computer.`,
        'Check the network, or install a Python from 3.10 to 3.13 for 64 bits, then try again.',
      )
    }
    return fail(`Installing TensorFlow failed at ${command}: ${words}`, hint)
  }

  /** Of several errors the first is the cause; without one, what was said last is the nearest. */
  private words(): string {
    const said = this.lines.find((line) => line.startsWith('ERROR')) ?? this.lines.at(-1) ?? 'it said nothing.'
    return said.slice(0, MOST_WORDS)
  }
}
