import type { Device, DeviceChoice } from '../../../shared/api.js'
import { parse } from '../../../shared/document/file.js'
import { AppError, errorData } from '../../../shared/errors.js'
import type { TrainingSettings } from '../../../shared/training/settings.js'
import type { RealDevice } from '../../engine/devices/catalogue.js'
import type { Launcher } from '../jobs.js'
import { decide, type Measured } from './decide.js'
import { choiceKey, knownChoices } from './known.js'
import { listDevices } from './list.js'
import { within } from './within.js'

/** Time for the steps of one device, and after which one that has not answered is given up: compiling takes its time. */
const MEASURE_MS = 2000
const LIMIT_MS = 60_000

export interface Chooser {
  readonly launcher: Launcher
  /** Where choices are remembered. */
  readonly home: string
  /** Of the app. */
  readonly version: string
}

/** What a choice is asked for: a document as file text, and how it is to be trained. */
export interface Request {
  readonly document: string
  readonly settings: TrainingSettings
}

/**
 * The device that trains a net fastest here: every usable one trains it for two seconds in a process of its own, one after the
 * other. A choice that was made before for the same net, settings and machine is taken from the home folder.
 */
export async function chooseDevice(chooser: Chooser, request: Request): Promise<DeviceChoice> {
  const { launcher, home, version } = chooser
  const book = knownChoices(home)
  const key = choiceKey(parse(request.document), request.settings, home, version)
  const known = await book.find(key)
  if (known) return known
  const devices = (await listDevices(launcher)).filter(isReal).filter(({ available }) => available)
  const [only] = devices
  if (!only) throw noDevice()
  if (devices.length === 1) return { device: only.name, reason: 'The only device that can be used here.', speeds: [] }
  const measured: Measured[] = []
  for (const { name } of devices) measured.push({ name, result: await measure(launcher, name, request) })
  const choice = decide(measured)
  if (!choice) return { device: only.name, reason: firstProblem(measured), speeds: [] }
  await book.keep(key, choice)
  return choice
}

/** Measure again at the next choice for this net. */
export async function forgetChoice({ home, version }: Chooser, { document, settings }: Request): Promise<void> {
  await knownChoices(home).forget(choiceKey(parse(document), settings, home, version))
}

async function measure(
  launcher: Launcher,
  device: RealDevice,
  { document, settings }: Request,
): Promise<Measured['result']> {
  try {
    const job = launcher.run({ kind: 'benchmark', device, document, settings, milliseconds: MEASURE_MS })
    return await within(job, LIMIT_MS)
  } catch (error) {
    return { problem: errorData(error).message }
  }
}

function isReal(device: Device): device is Device & { readonly name: RealDevice } {
  return device.name !== 'auto'
}

function firstProblem([first]: readonly Measured[]): string {
  return `No device could be measured: ${first && 'problem' in first.result ? first.result.problem : 'none answered'}`
}

function noDevice(): AppError {
  const hint = 'Run "netwright devices" to see what each of them lacks.'
  return new AppError('device/unavailable', 'No device of this computer can train nets.', hint)
}
