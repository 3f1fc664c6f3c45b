import type { Device } from '../../../shared/api.js'
import { errorData } from '../../../shared/errors.js'
import { DEVICE_KINDS, offeredDevices, type RealDevice } from '../../engine/devices/catalogue.js'
import type { Job, JobResult, Launcher } from '../jobs.js'
import { within } from './within.js'

/** A device that has not answered after so many ms hangs; loading TensorFlow from a slow disk takes a few seconds. */
const LIMIT_MS = 30_000

/**
 * Every device and whether it can be used here. Each is looked at in a process of its own, all at once: a library that
 * crashes or hangs there is the answer for that device, and no other is touched.
 */
export async function listDevices(launcher: Launcher, limit = LIMIT_MS): Promise<readonly Device[]> {
  const ask = <J extends Job>(job: J): Promise<JobResult<J>> => within(launcher.run(job), limit)
  const names = await ask({ kind: 'devices' }).catch(() => offeredDevices(undefined))
  const devices = await Promise.all(names.map((name) => look(name, ask({ kind: 'device', device: name }))))
  const usable = devices.filter(({ available }) => available)
  const detail =
    usable.length === 1
      ? `Uses ${usable[0]!.title}.`
      : usable.length === 0
        ? 'No device can be used.'
        : 'The fastest for the net, measured before its first training.'
  return [{ name: 'auto', title: 'Automatic', available: usable.length > 0, detail }, ...devices]
}

/** What helps against a library that ends the process in which it is tried. */
const DAMAGED = 'Its library may be damaged or not fit this computer: install it again, or choose another device.'

async function look(name: RealDevice, answer: Promise<JobResult<Extract<Job, { kind: 'device' }>>>): Promise<Device> {
  const device = { name, ...DEVICE_KINDS[name] }
  try {
    return { ...device, available: true, ...(await answer) }
  } catch (error) {
    const { code, message, hint } = errorData(error)
    return { ...device, available: false, detail: message, hint: code === 'trainer/crashed' ? DAMAGED : hint }
  }
}
