import * as z from 'zod/mini'
import { AppError } from '../errors.js'
import { DEFAULT_SETTINGS, DEVICES, OPTIMIZERS, SCHEDULES, type TrainingSettings } from './settings.js'
import { needOf } from '../needs.js'

/** Kinds and limits of every setting; no others are allowed. */
export const settingsSchema = z.strictObject({
  data: z.string().check(z.minLength(1), z.maxLength(4096)),
  device: z.enum(DEVICES),
  batch: z.int().check(z.gte(1), z.lte(65_536)),
  epochs: z.int().check(z.gte(1), z.lte(1_000_000)),
  steps: z.optional(z.int().check(z.gte(1), z.lte(1e9))),
  optimizer: z.enum(OPTIMIZERS),
  learningRate: z.number().check(z.gte(0), z.lte(1e9)),
  schedule: z.enum(SCHEDULES),
  warmupSteps: z.int().check(z.gte(0), z.lte(1e9)),
  decayEvery: z.int().check(z.gte(1), z.lte(1_000_000)),
  decayFactor: z.number().check(z.gt(0), z.lte(1)),
  weightDecay: z.number().check(z.gte(0), z.lte(1)),
  clipNorm: z.number().check(z.gte(0), z.lte(1e9)),
  clipValue: z.number().check(z.gte(0), z.lte(1e9)),
  labelSmoothing: z.number().check(z.gte(0), z.lte(0.99)),
  microBatches: z.int().check(z.gte(1), z.lte(65_536)),
  averageDecay: z.number().check(z.gte(0), z.lt(1)),
  headWeights: z.record(z.string(), z.number().check(z.gte(0), z.lte(1e9))),
  seed: z.int().check(z.gte(0), z.lte(0xffffffff)),
  shuffle: z.boolean(),
  augment: z.boolean(),
  validationShare: z.number().check(z.gte(0), z.lte(0.9)),
  checkpointEvery: z.int().check(z.gte(0), z.lte(1e9)),
  probeEvery: z.int().check(z.gte(0), z.lte(1e9)),
})

/** What may be other when a run goes on. */
export const resumeSchema = z.partial(z.pick(settingsSchema, { device: true, epochs: true, learningRate: true }))

const partialSchema = z.partial(z.object(settingsSchema.shape))

/** The settings a document remembers, over the defaults; `input/invalid` names a value that cannot be. */
export function settingsFrom(...parts: readonly Readonly<Record<string, unknown>>[]): TrainingSettings {
  const merged = Object.assign({}, ...parts.map(withoutUndefined)) as Readonly<Record<string, unknown>>
  const result = z.safeParse(partialSchema, merged)
  if (result.success) return { ...DEFAULT_SETTINGS, ...withoutUndefined(result.data) }
  const [issue] = result.error.issues
  const name = issue?.path.map(String).join('.') ?? 'settings'
  const value = JSON.stringify(merged[String(issue?.path[0])])
  throw new AppError('input/invalid', `${name} cannot be ${value}.`, needOf(issue))
}

function withoutUndefined(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
