import { AppError } from '../../../shared/errors.js'
import { dataSpec } from '../../services/data.js'
import { findRun, oneArgument } from '../arguments.js'
import { defineCommand } from '../command.js'
import { jsonLine, percent, table } from '../text.js'

export const evaluate = defineCommand({
  name: 'evaluate',
  doc: 'Measure loss, accuracy and confusion of a trained run.',
  usage: '<run> [--data SPEC] [--part validation|train] [--json]',
  options: {
    data: { kind: 'text', value: 'SPEC', doc: 'Data to measure on; the data of the run if left out.' },
    part: { kind: 'text', value: 'PART', doc: 'validation or train; validation if left out.' },
    json: { kind: 'flag', doc: 'Print JSON.' },
  },
  async run({ values, rest }, world) {
    const run = await findRun(oneArgument(rest, 'run'), world)
    const data = values.data === undefined ? {} : { data: dataSpec(values.data, world.folder) }
    const part = readPart(values.part ?? 'validation')
    const result = await world.launcher.run({ kind: 'evaluate', run, part, ...data }).result
    if (values.json) {
      world.out(jsonLine(result))
      return 0
    }
    const rows = Object.entries(result.heads).map(([id, { loss, accuracy, error }]) => {
      return [id, loss.toFixed(4), percent(accuracy), error === undefined ? '' : `off by ${error.toFixed(3)}`]
    })
    world.out(`${result.images} images\n${table([['head', 'loss', 'accuracy', ''], ...rows], [1, 2])}`)
    return 0
  },
})

function readPart(part: string): 'train' | 'validation' {
  if (part === 'train' || part === 'validation') return part
  throw new AppError('input/invalid', `There is no part ${part}.`, 'Write --part train or --part validation.')
}
