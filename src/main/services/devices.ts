import type { Api } from '../../shared/api.js'
import { parse } from '../../shared/document/file.js'
import { chooseDevice, type Chooser } from '../trainer/devices/choose.js'
import { listDevices } from '../trainer/devices/list.js'
import { dataSpec } from './data.js'
import { trainable } from './training.js'

/** Devices this computer can train on, each looked at and measured in a child process of its own. */
export function createDevices(chooser: Chooser, userHome: string): Api['devices'] {
  return {
    list: () => listDevices(chooser.launcher),
    async measure(document, settings) {
      trainable(parse(document), settings)
      return chooseDevice(chooser, { document, settings: { ...settings, data: dataSpec(settings.data, userHome) } })
    },
  }
}
