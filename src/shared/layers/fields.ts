/** Where a field depends on another: the name of a choice and the options with which it has a meaning. */
export interface Condition {
  readonly when?: readonly [choice: string, ...options: string[]]
}

/** Pixels on the four sides of an image. */
export type Sides = readonly [top: number, bottom: number, left: number, right: number]

/** One parameter of a layer, block, template or form: its kind, default, limits and one sentence of help. */
export type Field = (
  | { readonly kind: 'int'; readonly doc: string; readonly default: number; readonly min: number; readonly max: number }
  | {
      readonly kind: 'number'
      readonly doc: string
      readonly default: number
      readonly min: number
      readonly max: number
    }
  | {
      readonly kind: 'size'
      readonly doc: string
      readonly default: readonly [number, number]
      readonly min: number
      readonly max: number
    }
  | { readonly kind: 'choice'; readonly doc: string; readonly default: string; readonly options: readonly string[] }
  | { readonly kind: 'flag'; readonly doc: string; readonly default: boolean }
  | {
      readonly kind: 'extent'
      readonly doc: string
      readonly default: number | null
      readonly min: number
      readonly max: number
    }
  | {
      readonly kind: 'sides'
      readonly doc: string
      readonly default: Sides
      readonly min: number
      readonly max: number
    }
  | {
      readonly kind: 'numbers'
      readonly doc: string
      readonly default: readonly number[]
      readonly min: number
      readonly max: number
    }
) &
  Condition

/** The parameters of one thing, in the order a form shows them. */
export type Fields = Readonly<Record<string, Field>>

/** The value type of a field. */
export type ValueOf<F extends Field> = F extends { kind: 'int' | 'number' }
  ? number
  : F extends { kind: 'size' }
    ? readonly [number, number]
    : F extends { kind: 'choice'; options: readonly (infer O)[] }
      ? O
      : F extends { kind: 'flag' }
        ? boolean
        : F extends { kind: 'sides' }
          ? Sides
          : F extends { kind: 'numbers' }
            ? readonly number[]
            : number | null

/** The values of a set of fields. */
export type ValuesOf<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> }

interface Limits {
  readonly min?: number
  readonly max?: number
}

/** An integer, 1 to 65,536 unless told otherwise. */
export function int(doc: string, value: number, { min = 1, max = 65_536 }: Limits = {}) {
  return { kind: 'int', doc, default: value, min, max } as const
}

/** A finite real number. */
export function number(doc: string, value: number, { min = -1e9, max = 1e9 }: Limits = {}) {
  return { kind: 'number', doc, default: value, min, max } as const
}

/** A height and a width; one number stands for both. */
export function size(doc: string, value: number | readonly [number, number], { min = 1, max = 65_536 }: Limits = {}) {
  const pair: readonly [number, number] = typeof value === 'number' ? [value, value] : value
  return { kind: 'size', doc, default: pair, min, max } as const
}

/** One of a few words; the first is the default. */
export function choice<const O extends string>(doc: string, ...options: readonly [O, ...O[]]) {
  return { kind: 'choice', doc, default: options[0] as string, options } as const
}

/** Yes or no. */
export function flag(doc: string, value: boolean) {
  return { kind: 'flag', doc, default: value } as const
}

/** An extent in px, or `null` for any size. */
export function extent(doc: string, value: number | null, { min = 1, max = 65_536 }: Limits = {}) {
  return { kind: 'extent', doc, default: value, min, max } as const
}

/** Pixels above, below, left and right; one number stands for all four. */
export function sides(doc: string, value: number | Sides, { min = 0, max = 65_536 }: Limits = {}) {
  const all: Sides = typeof value === 'number' ? [value, value, value, value] : value
  return { kind: 'sides', doc, default: all, min, max } as const
}

/** A list of real numbers, of any length; empty at first. */
export function numbers(doc: string, { min = -1e9, max = 1e9 }: Limits = {}) {
  const none: readonly number[] = []
  return { kind: 'numbers', doc, default: none, min, max } as const
}

/** A field that has a meaning only with some options of a choice; forms show it only then. */
export function onlyWhen<const F extends Field>(field: F, choice: string, ...options: readonly string[]) {
  return { ...field, when: [choice, ...options] } as F
}

/** Whether a field has a meaning with these values of its fellows. */
export function hasMeaning({ when }: Field, values: Readonly<Record<string, unknown>>): boolean {
  return when === undefined || when.slice(1).includes(String(values[when[0]]))
}

/** The default of every field. */
export function defaultsOf<F extends Fields>(fields: F): ValuesOf<F> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.default])) as ValuesOf<F>
}

/** A value read leniently for one field (`3` for a size is `[3, 3]`), or what is wrong with it in words. */
export function readField(field: Field, value: unknown): { readonly value: unknown } | { readonly problem: string } {
  if (value === undefined) return { value: field.default }
  switch (field.kind) {
    case 'int':
    case 'number':
      return readNumber(field, value)
    case 'numbers':
      return readNumbers(field, value)
    case 'extent':
      return value === null ? { value } : readNumber({ ...field, kind: 'int' }, value)
    case 'size':
      return readList(field, value, 2, 'a height and a width')
    case 'sides':
      return readList(field, value, 4, 'top, bottom, left and right')
    case 'choice':
      return typeof value === 'string' && field.options.includes(value)
        ? { value }
        : { problem: `must be one of ${field.options.join(', ')}, not ${show(value)}` }
    case 'flag':
      return typeof value === 'boolean' ? { value } : { problem: `must be true or false, not ${show(value)}` }
  }
}

function readNumber(field: { kind: 'int' | 'number'; min: number; max: number }, value: unknown) {
  if (typeof value !== 'number' || !Number.isFinite(value)) return { problem: `must be a number, not ${show(value)}` }
  if (field.kind === 'int' && !Number.isInteger(value)) return { problem: `must be a whole number, not ${value}` }
  if (value < field.min || value > field.max) return { problem: `must be ${field.min} to ${field.max}, not ${value}` }
  return { value }
}

/** A list of whole numbers; one number stands for all of them. */
function readList(field: { min: number; max: number }, value: unknown, length: number, what: string) {
  const list: readonly unknown[] = Array.isArray(value) ? value : Array.from({ length }, () => value)
  if (list.length !== length) return { problem: `must be ${what}, not ${show(value)}` }
  for (const part of list) {
    const read = readNumber({ ...field, kind: 'int' }, part)
    if ('problem' in read) return read
  }
  return { value: [...list] }
}

/** Numbers that a list may have at most. */
const LONGEST = 65_536

function readNumbers(field: { min: number; max: number }, value: unknown) {
  if (!Array.isArray(value)) return { problem: `must be a list of numbers, not ${show(value)}` }
  if (value.length > LONGEST) return { problem: `must have at most ${LONGEST} numbers, not ${value.length}` }
  for (const part of value as readonly unknown[]) {
    const read = readNumber({ ...field, kind: 'number' }, part)
    if ('problem' in read) return read
  }
  return { value: [...(value as readonly number[])] }
}

/** A parameter's value in words: `3x3`, `any`, `same`, `true`. */
export function valueText(value: unknown): string {
  if (value === null) return 'any'
  return Array.isArray(value) ? value.join('x') : String(value)
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
