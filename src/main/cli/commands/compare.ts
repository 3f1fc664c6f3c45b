import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { compareDocuments } from '../../../shared/compare/compare.js'
import { compareRuns, type ComparedRun } from '../../../shared/compare/runs.js'
import { parse } from '../../../shared/document/file.js'
import type { Document } from '../../../shared/document/document.js'
import { AppError } from '../../../shared/errors.js'
import { readRecord, readRunDocument } from '../../trainer/run/runfolder.js'
import { findRun, readDocument } from '../arguments.js'
import { defineCommand, type Surroundings } from '../command.js'
import { describeNets, describeRuns } from '../compare-text.js'
import { jsonLine } from '../text.js'

export const compare = defineCommand({
  name: 'compare',
  doc: 'Show how two documents or two runs differ: nodes, settings, numbers and results.',
  usage: '<file or run> <file or run> [--json]',
  options: { json: { kind: 'flag', doc: 'Print JSON.' } },
  async run({ values, rest }, world) {
    const [first, second, ...more] = rest
    if (first === undefined || second === undefined || more.length > 0) {
      const message = `Two documents or runs are expected, not ${rest.length}.`
      throw new AppError('input/invalid', message, 'Name two files, two runs, or one of each.')
    }
    const [before, after] = [await readSide(first, world), await readSide(second, world)]
    if (before.run && after.run) {
      const runs = compareRuns(before.run, after.run)
      world.out(values.json ? jsonLine(runs) : describeRuns(runs))
    } else {
      const nets = compareDocuments(before.document, after.document)
      world.out(values.json ? jsonLine({ net: nets }) : describeNets(nets))
    }
    return 0
  },
})

interface Side {
  readonly document: Document
  readonly run?: ComparedRun
}

/** A document file, or a run by its folder or id. */
async function readSide(name: string, world: Surroundings): Promise<Side> {
  const isFile = await stat(resolve(world.folder, name)).then(
    (entry) => entry.isFile(),
    () => /\.json$/i.test(name),
  )
  if (isFile) return { document: (await readDocument(name, world)).document }
  const folder = await findRun(name, world)
  const [record, text] = [await readRecord(folder), await readRunDocument(folder)]
  const document = parse(text)
  return { document, run: { document, settings: record.settings, validation: record.lastValidation } }
}
