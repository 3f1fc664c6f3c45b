import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Folder of documents and runs: `NETWRIGHT_HOME`, or `Netwright` in the user's home folder. */
export function homeFolder(): string {
  const chosen = process.env['NETWRIGHT_HOME']
  return chosen ? resolve(chosen) : join(homedir(), 'Netwright')
}
