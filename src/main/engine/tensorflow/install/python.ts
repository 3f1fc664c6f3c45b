import { AppError } from '../../../../shared/errors.js'
import type { Package, Pythons } from './offers.js'
import { run } from './run.js'

/** A Python that can make environments: how it is called, and its version, `3.11.4`. */
export interface Python {
  readonly command: string
  readonly version: string
}

/** Prints the version, and whether environments can be made: Debian has that in a package of its own. */
const SCRIPT =
  'import importlib.util as u, sys; ' +
  'print("netwright", *sys.version_info[:3], int(all(u.find_spec(m) for m in ("venv", "ensurepip"))))'

/** Commands to try, in this order; programs that are started from the Dock of a Mac do not have the user's path. */
const COMMANDS = ['python3', 'python', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3.9']
const ON_MACS = ['/opt/homebrew/bin/python3', '/usr/local/bin/python3']

/** The first Python of those that a package is for; `device/unavailable` names those that are none of them, and why. */
export async function findPython(
  { title, pythons }: Pick<Package, 'title' | 'pythons'>,
  commands: readonly string[] = commandsHere(),
): Promise<Python> {
  const unfit = new Set<string>()
  let lacksVenv = false
  for (const command of commands) {
    const found = await look(command, pythons)
    if (!found) continue
    if (found.fits && found.venv) return { command, version: found.version }
    unfit.add(found.version)
    lacksVenv ||= found.fits
  }
  const [from, to] = [pythons.from.join('.'), pythons.to.join('.')]
  const names = [...unfit].join(' and ')
  if (lacksVenv) {
    const hint = 'On Debian and Ubuntu install the package python3-venv, then try again.'
    throw new AppError('device/unavailable', `Python ${names} is there, but not its module venv.`, hint)
  }
  const found = names === '' ? 'There is no Python on the path' : `Python ${names} is there`
  const message = `${found}; ${title} takes Python ${from} to ${to}.`
  throw new AppError(
    'device/unavailable',
    message,
    'Install one from python.org or your system’s packages, then try again.',
  )
}

function commandsHere(): readonly string[] {
  return process.platform === 'darwin' ? [...COMMANDS, ...ON_MACS] : COMMANDS
}

async function look(command: string, { from, to }: Pythons) {
  const said: string[] = []
  const code = await run(command, ['-c', SCRIPT], { line: (line) => void said.push(line) })
  const words = said.map((line) => /^netwright (\d+) (\d+) (\d+) ([01])$/.exec(line)).find((match) => match !== null)
  if (code !== 0 || !words) return undefined
  const [major, minor, patch] = words.slice(1, 4).map(Number) as [number, number, number]
  const fits = major === from[0] && minor >= from[1] && minor <= to[1]
  return { version: `${major}.${minor}.${patch}`, fits, venv: words[4] === '1' }
}
