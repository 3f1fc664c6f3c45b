import { join } from 'node:path'
import { AppError } from '../../../shared/errors.js'
import { settingsFrom } from '../../../shared/training/check-settings.js'
import type { TrainingSettings } from '../../../shared/training/settings.js'
import type { TensorMap } from '../../engine/executor.js'
import { encodeSafetensors, parseSafetensors } from '../../models/safetensors.js'
import { readCheckpoint, writeCheckpoint } from '../../storage/checkpoint.js'

/** Where in a training a state belongs; beside the state in `checkpoint.json`. */
export interface Position {
  /** Updates made. */
  readonly step: number
  readonly settings: TrainingSettings
  /** What made the state; only there and with as many threads are the next steps the same to the last bit. */
  readonly device: string
}

export interface Checkpoint {
  readonly position: Position
  /** Weights, statistics and optimizer slots, for any device. */
  readonly state: TensorMap
  /** Newer checkpoints that turned out to be damaged, in words. */
  readonly passedOver: readonly string[]
}

const FORMAT = 'netwright-checkpoint'
const VERSION = 1
/** Files of one checkpoint; a third names their hashes. */
const FILES = { position: 'checkpoint.json', state: 'state.safetensors' } as const

/** Keep where a training stands, in a folder of its own below the run's; the one before goes only when this one is whole. */
export async function keepCheckpoint(run: string, position: Position, state: TensorMap): Promise<void> {
  const text = `${JSON.stringify({ format: FORMAT, version: VERSION, ...position }, undefined, 2)}\n`
  await writeCheckpoint(folderOf(run), position.step, {
    [FILES.position]: [Buffer.from(text)],
    [FILES.state]: encodeSafetensors(state, { format: 'netwright' }),
  })
}

/** The newest whole checkpoint of a run, `undefined` if it never had one; `run/damaged` if all are damaged. */
export async function latestCheckpoint(run: string): Promise<Checkpoint | undefined> {
  const read = await readCheckpoint(folderOf(run))
  if (!read) return undefined
  const where = join(folderOf(run), `ck-${read.step}`)
  const state = parseSafetensors(read.files[FILES.state] ?? Buffer.alloc(0), join(where, FILES.state))
  const position = parsePosition(read.files[FILES.position]?.toString('utf8') ?? '', join(where, FILES.position))
  return {
    position,
    state: state.tensors,
    passedOver: read.broken.map(({ name, reason }) => `${name} is damaged: ${reason}`),
  }
}

function folderOf(run: string): string {
  return join(run, 'checkpoints')
}

/** The hash has proved that these are the bytes we wrote; what can differ is the version that wrote them. */
function parsePosition(text: string, path: string): Position {
  const { format, version, step, settings, device } = JSON.parse(text) as Position & {
    format: string
    version: number
  }
  if (format === FORMAT && version === VERSION) return { step, device, settings: settingsFrom({ ...settings }) }
  throw new AppError(
    'run/damaged',
    `${path} is a checkpoint of version ${version}; this Netwright reads version ${VERSION}.`,
    'Open the run with the version of Netwright that made it.',
  )
}
