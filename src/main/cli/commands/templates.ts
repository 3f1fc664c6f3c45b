import { templates as all } from '../../../shared/templates/index.js'
import { noArguments } from '../arguments.js'
import { defineCommand } from '../command.js'
import { jsonLine, table } from '../text.js'

export const templates = defineCommand({
  name: 'templates',
  doc: 'List the nets to begin with and their fields.',
  usage: '[--json]',
  options: { json: { kind: 'flag', doc: 'Print JSON.' } },
  run({ values, rest }, world) {
    noArguments(rest)
    const list = all.map(({ name, title, params }) => ({ name, title, parameters: params }))
    const rows = all.map(({ name, doc, params }) => [name, Object.keys(params).join(' '), doc])
    world.out(values.json ? jsonLine(list) : table([['template', 'fields', ''], ...rows]))
    return Promise.resolve(0)
  },
})
