import type { Command } from './document/commands.js'

/** Every error code of the app; code and tests branch on these, never on words. */
export type ErrorCode =
  | 'document/not-json'
  | 'document/not-netwright'
  | 'document/newer-version'
  | 'document/invalid'
  | 'document/too-large'
  | 'graph/has-errors'
  | 'data/not-found'
  | 'data/no-images'
  | 'data/unreadable'
  | 'data/truncated'
  | 'data/class-count'
  | 'data/changed'
  | 'data/shape'
  | 'weights/mismatch'
  | 'weights/unreadable'
  | 'run/not-found'
  | 'run/damaged'
  | 'run/over'
  | 'run/not-finite'
  | 'run/busy'
  | 'trainer/crashed'
  | 'device/unavailable'
  | 'device/out-of-memory'
  | 'device/worker-lost'
  | 'engine/unsupported'
  | 'engine/busy'
  | 'export/unsupported'
  | 'export/not-equal'
  | 'file/not-found'
  | 'file/exists'
  | 'file/changed'
  | 'file/refused'
  | 'disk/full'
  | 'disk/failed'
  | 'host/port-busy'
  | 'host/closed'
  | 'input/invalid'
  | 'internal'

/** An error that a person can act on: what happened with the actual numbers, and how to mend it. Crosses every wire as plain data. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly hint: string
  /** Problems of the user's graph that belong to this error, for `graph/has-errors`. */
  readonly issues: readonly Issue[]

  constructor(code: ErrorCode, message: string, hint = '', issues: readonly Issue[] = []) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.hint = hint
    this.issues = issues
  }
}

/** The plain form of an error on a wire or in `--json` output. */
export interface ErrorData {
  readonly code: ErrorCode
  readonly message: string
  readonly hint: string
  readonly issues?: readonly Issue[]
}

/** Turn anything thrown into plain data; what is not an `AppError` becomes `internal`. */
export function errorData(error: unknown): ErrorData {
  if (error instanceof AppError) {
    const { code, message, hint, issues } = error
    return issues.length > 0 ? { code, message, hint, issues: issues.map(plainIssue) } : { code, message, hint }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'internal', message, hint: 'This is a fault of Netwright; the log has the details.' }
}

/** The error of a wire's plain data; the inverse of `errorData`. */
export function fromErrorData(data: ErrorData): AppError {
  return new AppError(data.code, data.message, data.hint, data.issues ?? [])
}

/** Where an issue sits: a node of the document, and which input of it (0-based) or which parameter. */
export interface Where {
  /** Id of the document's node (for a node inside a block: the block's node). */
  readonly node?: string
  /** Full path of the node inside blocks, if it is not `node` itself: `block/inner`. */
  readonly inner?: string
  /** Name of the own block whose inside is at fault, wherever it is used. */
  readonly block?: string
  readonly input?: number
  readonly param?: string
}

/** A problem of the user's graph: a value, not an exception; all of them are reported at once. */
export interface Issue {
  /** An error keeps the net from training, a warning asks to be looked at, `info` is advice on a design that works. */
  readonly severity: 'error' | 'warning' | 'info'
  /** `shape/mismatch`, `graph/cycle`, … : stable, tests branch on it. */
  readonly code: string
  /** What is wrong, with the numbers of this graph. */
  readonly message: string
  /** What was needed and how to mend it. */
  readonly hint: string
  readonly where: Where
  /** A command that mends it, where one is obvious; of the analysis tried out when it is first read. */
  readonly fix?: { readonly title: string; readonly command: Command }
}

/** An issue without its command, as it crosses a wire or stands in `--json` output. */
export function plainIssue({ severity, code, message, hint, where }: Issue): Issue {
  return { severity, code, message, hint, where }
}
