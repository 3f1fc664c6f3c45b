import { settingsFrom } from '../../../shared/training/check-settings.js'
import { clusterOf } from '../../engine/cluster.js'
import { findRun, oneArgument } from '../arguments.js'
import { defineCommand } from '../command.js'
import { followTraining } from '../progress.js'

export const resume = defineCommand({
  name: 'resume',
  doc: 'Go on with a run that was stopped, failed or cut off, from its last checkpoint.',
  usage: '<run> [--device NAME] [--epochs N] [--learning-rate X] [--workers HOST:PORT,…] [--json]',
  options: {
    device: { kind: 'text', value: 'NAME', doc: 'Another device than before; see `netwright devices`.' },
    epochs: { kind: 'count', value: 'N', doc: 'Another number of epochs in all; more, for a run that is finished.' },
    'learning-rate': { kind: 'number', value: 'X', doc: 'Another learning rate from here on.' },
    workers: { kind: 'text', value: 'HOST:PORT,…', doc: 'Share every batch with these `netwright worker` processes.' },
    json: { kind: 'flag', doc: 'Print one JSON value per line for every event.' },
  },
  async run({ values, rest }, world) {
    const run = await findRun(oneArgument(rest, 'run'), world)
    const wanted = { device: values.device, epochs: values.epochs, learningRate: values['learning-rate'] }
    const checked: Readonly<Record<string, unknown>> = { ...settingsFrom(wanted) }
    const change = Object.fromEntries(
      Object.entries(wanted).flatMap(([name, value]) => (value === undefined ? [] : [[name, checked[name]]])),
    )
    const workers = values.workers === undefined ? {} : { workers: clusterOf(values.workers) }
    await followTraining({ kind: 'resume', run, change, ...workers }, world, values)
    world.err(`The run is kept in ${run}\n`)
    return 0
  },
})
