import { AppError } from '../../../shared/errors.js'
import { clusterOf, heardAlone, reachAll } from '../../engine/cluster.js'
import { noArguments } from '../arguments.js'
import { defineCommand } from '../command.js'

export const worker = defineCommand({
  name: 'worker',
  doc: 'Serve as one of several machines that train a net together; Ctrl-C ends it.',
  usage: '--cluster HOST:PORT,… --index I',
  options: {
    cluster: {
      kind: 'text',
      value: 'HOST:PORT,…',
      doc: 'The addresses of all workers, the same list for each of them.',
    },
    index: { kind: 'count', value: 'I', doc: 'Which of them this one is, from 0.' },
  },
  async run({ values, rest }, world) {
    noArguments(rest)
    if (values.cluster === undefined || values.index === undefined) {
      const hint = 'Write --cluster 10.0.0.5:2222,10.0.0.6:2222 --index 0'
      throw new AppError('input/invalid', '--cluster and --index are needed.', hint)
    }
    const cluster = clusterOf(values.cluster)
    const address = cluster[values.index]
    if (address === undefined) {
      const message = `--index ${values.index} names no worker of ${cluster.length}.`
      throw new AppError('input/invalid', message, `Write a number from 0 to ${cluster.length - 1}.`)
    }
    const running = world.launcher.run({ kind: 'worker', cluster, index: values.index })
    let wanted = false
    const forget = world.onInterrupt(() => {
      wanted = true
      running.kill()
    })
    const ended = running.result.catch((error: unknown) => {
      if (!wanted) throw error
    })
    const up = async () => {
      // Its own port alone: the others may start later.
      for (;;) if (await Promise.race([answers(address), ended.then(() => true)])) return
    }
    await up()
    if (!wanted) world.err(`Worker ${values.index} of ${cluster.length} listens on ${address}. ${trust(address)}\n`)
    await ended.finally(forget)
    return 0
  },
})

function trust(address: string): string {
  const where = heardAlone(address) ? 'at this address' : 'on every address of this computer'
  return `TensorFlow’s server takes orders from everybody who reaches this port ${where}: keep it in a network that you trust.`
}

async function answers(address: string): Promise<boolean> {
  return reachAll([address]).then(
    () => true,
    () => new Promise((resolve) => setTimeout(() => resolve(false), 100)),
  )
}
