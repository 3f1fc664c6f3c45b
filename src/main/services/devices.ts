import type { Api } from '../../shared/api.js'
import { parse } from '../../shared/document/file.js'
import type { TrainingSettings } from '../../shared/training/settings.js'
import { chooseDevice, type Chooser } from '../trainer/devices/choose.js'
import { listDevices } from '../trainer/devices/list.js'
import { estimateMemory } from '../trainer/devices/memory.js'
import { dataSpec } from './data.js'
import { trainable } from './training.js'

/** Devices this computer can train on, each looked at and measured in a child process of its own. */
export function createDevices(chooser: Chooser, userHome: string): Api['devices'] {
  const request = (document: string, settings: TrainingSettings) => {
    trainable(parse(document), settings)
    return { document, settings: { ...settings, data: dataSpec(settings.data, userHome) } }
  }
  return {
    list: () => listDevices(chooser.launcher),
    measure: async (document, settings) => chooseDevice(chooser, request(document, settings)),
    memory: async (document, settings) => estimateMemory(chooser, request(document, settings)),
  }
}
