import type { Device, DeviceChoice } from '../../../shared/api.js'
import { settingsFrom } from '../../../shared/training/check-settings.js'
import { trainable } from '../../services/training.js'
import { chooseDevice, forgetChoice } from '../../trainer/devices/choose.js'
import { listDevices } from '../../trainer/devices/list.js'
import { readDocument } from '../arguments.js'
import { defineCommand, type Surroundings } from '../command.js'
import { jsonLine, table } from '../text.js'

export const devices = defineCommand({
  name: 'devices',
  doc: 'List what nets can be trained on here; with a document, train it for two seconds on each.',
  usage: '[file] [--batch N] [--again] [--json]',
  options: {
    batch: { kind: 'count', value: 'N', doc: 'Images of a step while measuring.' },
    again: { kind: 'flag', doc: 'Measure although the result for this net is known.' },
    json: { kind: 'flag', doc: 'Print JSON.' },
  },
  async run({ values, rest }, world) {
    const [file] = rest
    if (file !== undefined) {
      const choice = await measure(file, values.batch, values.again, world)
      world.out(values.json ? jsonLine(choice) : speeds(choice))
      return 0
    }
    const list = await listDevices(world.launcher)
    world.out(values.json ? jsonLine(list) : overview(list))
    return 0
  },
})

async function measure(file: string, batch: number | undefined, again: boolean, world: Surroundings) {
  const { text, document } = await readDocument(file, world)
  const settings = settingsFrom(document.training, { batch })
  trainable(document, settings)
  const request = { document: text, settings }
  if (again) await forgetChoice(world, request)
  return chooseDevice(world, request)
}

function overview(list: readonly Device[]): string {
  const rows = list.map(({ name, title, available, detail, hint = '' }) => {
    return [name, available ? 'yes' : 'no', title, `${detail} ${hint}`.trim()]
  })
  return table([['device', 'there', 'title', 'detail'], ...rows])
}

function speeds({ speeds, reason, device }: DeviceChoice): string {
  const rows = speeds.map(({ name, imagesPerSecond, problem = '' }) => [
    name,
    imagesPerSecond?.toFixed(1) ?? '',
    problem,
  ])
  return `${rows.length > 0 ? table([['device', 'images/s', ''], ...rows], [1]) : ''}auto is ${device}. ${reason}\n`
}
