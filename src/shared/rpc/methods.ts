import * as z from 'zod/mini'
import type { Api } from '../api.js'
import { ENGINE_BUILDS, ENGINES } from '../engine.js'
import { AppError } from '../errors.js'
import { needOf } from '../needs.js'
import { resumeSchema, settingsSchema } from '../training/check-settings.js'

/** `documents.read`, `training.start`, … : every method of `Api` by its name on a wire. */
export type MethodName = { [G in keyof Api]: `${G}.${keyof Api[G] & string}` }[keyof Api]

/** Arguments of a method by its name on a wire. */
export type Arguments<M extends MethodName> = M extends `${infer G extends keyof Api}.${infer K}`
  ? K extends keyof Api[G]
    ? Api[G][K] extends (...values: infer A) => unknown
      ? A
      : never
    : never
  : never

/** Text of a document; the document's own reader has the finer limits. */
const text = z.string().check(z.maxLength(32 * 1024 * 1024))
const name = z.string().check(z.minLength(1), z.maxLength(256))
const path = z.string().check(z.maxLength(4096))
const run = name
const format = z.enum(['onnx', 'tfjs'])

/** Every method that can be called over a wire, with the schema of its arguments; the type checker holds it to `Api`. */
export const METHODS: { readonly [M in MethodName]: z.ZodMiniType<Arguments<M>> } = {
  'app.info': z.tuple([]),
  'app.opened': z.tuple([]),
  'documents.list': z.tuple([]),
  'documents.read': z.tuple([name]),
  'documents.write': z.tuple([name, text, z.optional(name)]),
  'documents.recovered': z.tuple([]),
  'documents.autosave': z.tuple([z.array(text)]),
  'library.list': z.tuple([]),
  'library.read': z.tuple([name]),
  'library.write': z.tuple([text, z.optional(z.boolean())]),
  'library.remove': z.tuple([name]),
  'files.list': z.tuple([path]),
  'data.builtin': z.tuple([]),
  'data.describe': z.tuple([path, z.number().check(z.gte(0), z.lte(0.9))]),
  'devices.list': z.tuple([]),
  'devices.measure': z.tuple([text, settingsSchema]),
  'devices.memory': z.tuple([text, settingsSchema]),
  'engine.facts': z.tuple([]),
  'engine.status': z.tuple([]),
  'engine.install': z.tuple([z.enum(ENGINE_BUILDS)]),
  'engine.cancel': z.tuple([]),
  'engine.remove': z.tuple([z.enum(ENGINES)]),
  'training.start': z.tuple([text, settingsSchema]),
  'training.stop': z.tuple([run]),
  'training.resume': z.tuple([run, resumeSchema]),
  'training.headWeights': z.tuple([run, settingsSchema.shape.headWeights]),
  'runs.list': z.tuple([]),
  'runs.history': z.tuple([run, z.int().check(z.gte(0))]),
  'runs.document': z.tuple([run]),
  'runs.evaluate': z.tuple([run, z.enum(['train', 'validation'])]),
  'runs.predict': z.tuple([run, z.string()]),
  'runs.remove': z.tuple([run]),
  'exports.write': z.tuple([run, format, z.enum(['all', 'main'])]),
  'exports.read': z.tuple([run, format, name]),
}

/** True for the name of a method; own keys only, so that `constructor` is none. */
export function isMethod(value: unknown): value is MethodName {
  return typeof value === 'string' && Object.hasOwn(METHODS, value)
}

/** The arguments of a call, or `input/invalid` that names the argument which does not fit. */
export function checkArguments<M extends MethodName>(method: M, values: unknown): Arguments<M> {
  const result = z.safeParse(METHODS[method], values)
  if (result.success) return result.data as Arguments<M>
  const [issue] = result.error.issues
  const place = issue && issue.path.length > 0 ? `argument ${issue.path.map(String).join('.')}` : 'the arguments'
  throw new AppError(
    'input/invalid',
    `${method}: ${place} cannot be that. ${needOf(issue)}`,
    'The caller and Netwright disagree on this call; reload the window.',
  )
}
