import { resolve } from 'node:path'
import type { Prediction } from '../../../shared/api.js'
import { AppError } from '../../../shared/errors.js'
import { answeredClass, isNumber } from '../../../shared/training/answer.js'
import { dataSpec } from '../../services/data.js'
import type { PredictSource } from '../../trainer/jobs.js'
import { findRun } from '../arguments.js'
import { defineCommand, type Surroundings } from '../command.js'
import { jsonLine, percent, table } from '../text.js'

export const predict = defineCommand({
  name: 'predict',
  doc: 'Classify images with a trained run.',
  usage: '<run> <image>… | <run> --data SPEC  [--json]',
  options: {
    data: { kind: 'text', value: 'SPEC', doc: 'Classify the images of a data set in their order.' },
    json: { kind: 'flag', doc: 'Print JSON.' },
  },
  async run({ values, rest }, world) {
    const [name, ...images] = rest
    if (name === undefined) throw new AppError('input/invalid', 'run is missing.', 'Name a run and images.')
    const source = readSource(images, values.data, world)
    const result = await world.launcher.run({ kind: 'predict', run: await findRun(name, world), source }).result
    world.out(
      values.json ? jsonLine(result) : table([['image', 'head', 'class', 'probability'], ...rowsOf(result, images)]),
    )
    return 0
  },
})

function readSource(images: readonly string[], data: string | undefined, world: Surroundings): PredictSource {
  if (images.length > 0 === (data !== undefined)) {
    throw new AppError('input/invalid', 'Give either images or --data.', 'netwright predict <run> cat.png dog.png')
  }
  return data === undefined
    ? { kind: 'files', paths: images.map((path) => resolve(world.folder, path)) }
    : { kind: 'data', spec: dataSpec(data, world.folder) }
}

/** The class that each head answers with for each image, and its probability or the number answered. */
function rowsOf({ heads, classes }: Prediction, images: readonly string[]): string[][] {
  const all = Object.entries(heads).flatMap(([head, rows]) =>
    rows.map((values, i) => {
      const best = answeredClass(values, classes.length)
      const said = isNumber(values, classes.length) ? (values[0] ?? NaN).toFixed(3) : percent(values[best] ?? 0)
      return { i, row: [images[i] ?? String(i), head, classes[best] ?? String(best), said] }
    }),
  )
  return all.sort((a, b) => a.i - b.i).map(({ row }) => row)
}
