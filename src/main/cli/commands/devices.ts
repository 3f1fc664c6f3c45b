import { noArguments } from '../arguments.js'
import { defineCommand } from '../command.js'
import { jsonLine, table } from '../text.js'

export const devices = defineCommand({
  name: 'devices',
  doc: 'List what nets can be trained on here.',
  usage: '[--json]',
  options: { json: { kind: 'flag', doc: 'Print JSON.' } },
  async run({ values, rest }, world) {
    noArguments(rest)
    const list = await world.launcher.run({ kind: 'devices' }).result
    const rows = list.map(({ name, title, available, detail }) => [name, available ? 'yes' : 'no', title, detail])
    world.out(values.json ? jsonLine(list) : table([['device', 'there', 'title', 'detail'], ...rows]))
    return 0
  },
})
