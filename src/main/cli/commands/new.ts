import { resolve } from 'node:path'
import { print } from '../../../shared/document/file.js'
import { AppError } from '../../../shared/errors.js'
import { buildTemplate } from '../../../shared/templates/define.js'
import { templateOf, templates } from '../../../shared/templates/index.js'
import { writeAtomic } from '../../storage/atomic.js'
import { oneArgument } from '../arguments.js'
import { defineCommand } from '../command.js'
import { readPair } from '../options.js'
import { jsonLine } from '../text.js'

export const newDocument = defineCommand({
  name: 'new',
  doc: 'Make a document from a template.',
  usage: '<template> [--set FIELD=VALUE]… [-o FILE] [--json]',
  options: {
    set: { kind: 'list', value: 'FIELD=VALUE', doc: 'Set a field of the template; may be repeated.' },
    output: { kind: 'text', short: 'o', value: 'FILE', doc: 'File to write; standard output if left out.' },
    json: { kind: 'flag', doc: 'Print JSON about the written file.' },
  },
  async run({ values, rest }, world) {
    const name = oneArgument(rest, 'template')
    const template = templateOf(name)
    if (!template) {
      const known = templates.map((candidate) => candidate.name).join(', ')
      throw new AppError('input/invalid', `There is no template ${name}.`, `The templates are ${known}.`)
    }
    const text = print(buildTemplate(template, Object.fromEntries(values.set.map((pair) => readPair('--set', pair)))))
    if (values.output === undefined) {
      world.out(text)
      return 0
    }
    const path = resolve(world.folder, values.output)
    await writeAtomic(path, text)
    if (values.json) world.out(jsonLine({ file: path, bytes: Buffer.byteLength(text) }))
    else world.err(`Written to ${path}\n`)
    return 0
  },
})
