import { spawn } from 'node:child_process'

/** What is heard of a program while it runs, and what ends it. */
export interface RunOptions {
  /** Hears every line of its output and its errors. */
  readonly line?: (text: string) => void
  /** Ends it with everything that it has started. */
  readonly signal?: AbortSignal | undefined
  /** Folder for its temporary files, in place of the system's. */
  readonly temporary?: string
}

/** Exit code of a command; undefined if it cannot be started or was ended. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<number | undefined> {
  const { line = () => undefined, signal, temporary } = options
  if (signal?.aborted) return Promise.resolve(undefined)
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      // A group of its own: making an environment starts processes that would go on writing.
      detached: process.platform !== 'win32',
      env: { ...process.env, PYTHONUNBUFFERED: '1', ...(temporary !== undefined && { TMPDIR: temporary }) },
    })
    const end = () => endGroup(child.pid)
    signal?.addEventListener('abort', end)
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', lines(line))
    child.on('error', () => resolve(undefined))
    child.on('close', (code) => {
      signal?.removeEventListener('abort', end)
      resolve(code ?? undefined)
    })
  })
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // It has just ended by itself.
  }
}

/** Hands on whole lines of text that comes in pieces. */
function lines(hear: (line: string) => void): (text: string) => void {
  let rest = ''
  return (text) => {
    const parts = (rest + text).split(/\r\n|\n|\r/)
    rest = parts.pop() as string
    for (const part of parts) hear(part)
  }
}
