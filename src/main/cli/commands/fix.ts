import { resolve } from 'node:path'
import { print } from '../../../shared/document/file.js'
import { AppError } from '../../../shared/errors.js'
import { analyze } from '../../../shared/graph/analyze.js'
import { headsWithout, setClasses } from '../../../shared/graph/classes.js'
import { mend, type Mended } from '../../../shared/graph/fixes/mend.js'
import { writeAtomic } from '../../storage/atomic.js'
import { oneArgument, readDocument } from '../arguments.js'
import { describeIssue } from '../check-text.js'
import { defineCommand } from '../command.js'
import { jsonLine } from '../text.js'

export const fix = defineCommand({
  name: 'fix',
  doc: 'Mend a document: do what `check` offers for its errors, and give its heads the classes of the data.',
  usage: '<file> [--all] [--classes N] [-o FILE] [--json]',
  options: {
    all: { kind: 'flag', doc: 'Do what warnings and hints offer too, such as removing what leads nowhere.' },
    classes: { kind: 'count', value: 'N', doc: 'Give every head N classes.' },
    output: { kind: 'text', short: 'o', value: 'FILE', doc: 'File to write; standard output if left out.' },
    json: { kind: 'flag', doc: 'Print JSON about what was done; needs --output.' },
  },
  async run({ values, rest }, world) {
    const { document: before } = await readDocument(oneArgument(rest, 'file'), world)
    if (values.json && values.output === undefined) {
      throw new AppError('input/invalid', '--json needs a file to write the document to.', 'Add -o FILE.')
    }
    const first = mend(before, values.all)
    const { document, done } = values.classes === undefined ? first : withClasses(first, values.classes)
    const left = analyze(document).issues
    const path = values.output === undefined ? undefined : resolve(world.folder, values.output)
    if (path === undefined) world.out(print(document))
    else await writeAtomic(path, print(document))
    if (values.json) {
      const issues = left.map(({ code, message, where }) => ({ code, message, where }))
      world.out(jsonLine({ file: path, done, issues }))
    } else world.err([...done.map((title) => `${title}\n`), ...left.map(describeIssue), summary(done, path)].join(''))
    return left.some(({ severity }) => severity === 'error') ? 1 : 0
  },
})

function withClasses({ document, done }: Mended, classes: number): Mended {
  if (classes < 2) throw new AppError('input/invalid', `--classes cannot be ${classes}.`, 'Write 2 or more.')
  const analysis = analyze(document)
  const wrong = headsWithout(analysis, classes).map(({ id }) => id)
  const command = setClasses(document, analysis, wrong, classes)
  if (!command) {
    const hint = 'Put a dense layer in front of each head.'
    throw new AppError('input/invalid', `No layer decides the classes of ${wrong.join(', ')}.`, hint)
  }
  return {
    document: command(document),
    done: [...done, ...wrong.map((id) => `Set the classes of ${id} to ${classes}`)],
  }
}

function summary(done: readonly string[], path: string | undefined): string {
  const what =
    done.length === 0 ? 'Nothing to mend' : done.length === 1 ? 'Mended in 1 step' : `Mended in ${done.length} steps`
  return `${what}${path === undefined ? '' : `, written to ${path}`}\n`
}
