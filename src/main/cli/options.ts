import { AppError } from '../../shared/errors.js'

/** How an option takes its value: none, one text, one number, or one text at each of several mentions. */
export type OptionKind = 'flag' | 'text' | 'number' | 'count' | 'list'

export interface Option {
  readonly kind: OptionKind
  /** What it does, for `--help`. */
  readonly doc: string
  /** Name of the value in `--help`: `FILE`. */
  readonly value?: string
  /** One-letter form: `o` for `-o`. */
  readonly short?: string
}

export type Options = Readonly<Record<string, Option>>

type ValueOf<O extends Option> = O['kind'] extends 'flag'
  ? boolean
  : O['kind'] extends 'list'
    ? readonly string[]
    : (O['kind'] extends 'text' ? string : number) | undefined

/** Parsed options: flags are `false` and lists empty when not given. */
export type Values<O extends Options> = { readonly [K in keyof O]: ValueOf<O[K]> }

export interface Parsed<O extends Options> {
  readonly values: Values<O>
  /** Arguments that are no options, in order. */
  readonly rest: readonly string[]
}

/** Read command-line arguments strictly: an unknown option, a missing value or a bad number is `input/invalid`. */
export function parseOptions<const O extends Options>(options: O, args: readonly string[]): Parsed<O> {
  const values: Record<string, unknown> = {}
  for (const [name, { kind }] of Object.entries(options)) {
    values[name] = kind === 'flag' ? false : kind === 'list' ? [] : undefined
  }
  const rest: string[] = []
  const queue = [...args]
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word === '--') rest.push(...queue.splice(0))
    else if (word.startsWith('-') && word !== '-') readOption(options, word, queue, values)
    else rest.push(word)
  }
  return { values: values as Values<O>, rest }
}

function readOption(options: Options, word: string, queue: string[], values: Record<string, unknown>): void {
  const [written, attached] = splitOnce(word)
  const found = Object.entries(options).find(([name, { short }]) => written === `--${name}` || written === `-${short}`)
  if (!found) throw new AppError('input/invalid', `There is no option ${written} here.`, knownOptions(options))
  const [name, option] = found
  if (option.kind === 'flag') {
    if (attached !== undefined) throw new AppError('input/invalid', `${written} takes no value.`, `Write ${written}.`)
    values[name] = true
    return
  }
  // What looks like an option is one: `--data --epochs 3` lacks the data. `--data=--x` says that it is meant.
  const value = attached ?? (queue[0]?.startsWith('--') ? undefined : queue.shift())
  if (value === undefined) {
    const hint = `Write ${written} ${option.value ?? 'VALUE'}: ${option.doc}`
    throw new AppError('input/invalid', `${written} needs a value.`, hint)
  }
  if (option.kind === 'list') values[name] = [...(values[name] as readonly string[]), value]
  else values[name] = option.kind === 'text' ? value : readNumber(written, option.kind, value)
}

/** A number as text; `input/invalid` names the option it was given to. */
export function readNumber(written: string, kind: 'number' | 'count', text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!Number.isFinite(value)) {
    throw new AppError(
      'input/invalid',
      `${written} needs a number, not ${JSON.stringify(text)}.`,
      'Write 0.05 or 5e-2.',
    )
  }
  if (kind === 'count' && (!Number.isSafeInteger(value) || value < 0)) {
    throw new AppError('input/invalid', `${written} needs a whole number of 0 or more, not ${text}.`, 'Write 10.')
  }
  return value
}

/** `--name=value` as its two halves; the value may hold more equal signs. */
function splitOnce(word: string): [string, string | undefined] {
  const at = word.startsWith('--') ? word.indexOf('=') : -1
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)]
}

function knownOptions(options: Options): string {
  const names = Object.keys(options).map((name) => `--${name}`)
  return names.length === 0 ? 'This command has no options.' : `The options are ${names.join(', ')}.`
}

/** `name=value` as a pair; `input/invalid` names the option it was given to. */
export function readPair(option: string, text: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
  throw new AppError(
    'input/invalid',
    `${option} needs name=value, not ${JSON.stringify(text)}.`,
    `Write ${option} name=1, without spaces.`,
  )
}
