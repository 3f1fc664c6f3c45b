import type { Api } from '../../shared/api.js'
import type { Launcher } from '../trainer/jobs.js'

/** Devices this computer can train on; probed in a child process, since probing loads native libraries. */
export function createDevices(launcher: Launcher): Api['devices'] {
  return { list: () => launcher.run({ kind: 'devices' }).result }
}
