import { noArguments } from '../arguments.js'
import { defineCommand } from '../command.js'
import { runHost } from '../../host/run.js'

export const serve = defineCommand({
  name: 'serve',
  doc: 'Open the window in a browser on this computer.',
  usage: '[--port N] [--no-open] [--json]',
  options: {
    port: { kind: 'count', value: 'N', doc: 'Port on 127.0.0.1; any free one if left out.' },
    'no-open': { kind: 'flag', doc: 'Only print the link.' },
    json: { kind: 'flag', doc: 'Print the link as JSON.' },
  },
  async run({ values, rest }, world) {
    noArguments(rest)
    const services = world.services('host')
    const options = { port: values.port ?? 0, renderer: world.renderer, open: !values['no-open'], json: values.json }
    const host = await runHost(services, options)
    await new Promise<void>((resolve) => world.onInterrupt(resolve))
    await services.close()
    await host.close()
    return 0
  },
})
