import { findRun, oneArgument } from '../arguments.js'
import { defineCommand } from '../command.js'
import { probeTable } from '../probe-table.js'
import { jsonLine } from '../text.js'

export const probe = defineCommand({
  name: 'probe',
  doc: 'Look at gradients, updates and activations of a run, at its last checkpoint.',
  usage: '<run> [--json]',
  options: { json: { kind: 'flag', doc: 'Print JSON.' } },
  async run({ values, rest }, world) {
    const seen = await world.launcher.run({ kind: 'probe', run: await findRun(oneArgument(rest, 'run'), world) }).result
    world.out(values.json ? jsonLine(seen) : `before step ${seen.step + 1}\n${probeTable(seen)}`)
    return 0
  },
})
