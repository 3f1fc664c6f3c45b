import type { Launcher } from '../trainer/jobs.js'
import type { Services, Shell } from '../services/index.js'
import type { Options, Parsed } from './options.js'

/** What a command may use of the world outside; tests hand in their own. */
export interface Surroundings {
  /** Folder that relative paths start from. */
  readonly folder: string
  /** Home of documents and runs. */
  readonly home: string
  readonly version: string
  /** Folder of the built window. */
  readonly renderer: string
  readonly launcher: Launcher
  services(shell: Shell): Services
  out(text: string): void
  err(text: string): void
  /** Call `listener` when the user presses Ctrl-C; returns the function that stops listening. */
  onInterrupt(listener: () => void): () => void
}

/** One command of the command line. */
export interface Command<O extends Options = Options> {
  readonly name: string
  /** One line for `--help`. */
  readonly doc: string
  /** The arguments after the name: `<file> [-o file]`. */
  readonly usage: string
  readonly options: O
  /** Returns the exit code: 0 good, 1 the user's input is wrong. Errors are thrown. */
  run(parsed: Parsed<O>, world: Surroundings): Promise<0 | 1>
}

/** Declare a command; the types of its options reach `run`. */
export function defineCommand<const O extends Options>(command: Command<O>): Command<O> {
  return command
}
