import { totalmem } from 'node:os'
import { parse } from '../../../shared/document/file.js'
import {
  corrected,
  imagesAtOnce,
  isHostMemory,
  LIKELY_DEVICE,
  type MemoryEstimate,
  type MemoryRoom,
} from '../../../shared/training/memory-need.js'
import type { RealDevice } from '../../engine/devices/catalogue.js'
import type { Launcher } from '../jobs.js'
import type { Chooser, Request } from './choose.js'
import { choiceKey, knownChoices, knownPeaks, memoryKey } from './known.js'

/** What training a document takes on its device, beside what the device has; the step is traced in a process of its own. */
export async function estimateMemory(chooser: Chooser, request: Request): Promise<MemoryEstimate> {
  const { launcher, home } = chooser
  const device = await deviceFor(chooser, request)
  const [need, room] = await Promise.all([
    launcher.run({ kind: 'memory', device, ...request }).result,
    roomOf(launcher, device),
  ])
  const peaks = await knownPeaks(home).find(memoryKey(parse(request.document), request.settings, device))
  return { device, ...corrected(need, imagesAtOnce(request.settings), peaks ?? []), ...room }
}

async function deviceFor({ home, version }: Chooser, { document, settings }: Request): Promise<RealDevice> {
  if (settings.device !== 'auto') return settings.device
  const known = await knownChoices(home).find(choiceKey(parse(document), settings, home, version))
  return known && known.device !== 'auto' ? known.device : LIKELY_DEVICE
}

/** Memory of this computer or, in processes with a limit, of that; of other devices what they tell, which takes a look at them. */
async function roomOf(launcher: Launcher, device: RealDevice): Promise<MemoryRoom> {
  if (!isHostMemory(device)) {
    const { memory } = await launcher.run({ kind: 'device', device }).result.catch(() => ({ memory: undefined }))
    return memory === undefined ? {} : { total: memory, free: memory }
  }
  const limit = process.constrainedMemory()
  const total = limit > 0 ? Math.min(limit, totalmem()) : totalmem()
  return { total, free: Math.min(total, process.availableMemory()) }
}
