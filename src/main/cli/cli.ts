import { AppError, errorData, type ErrorCode, type ErrorData } from '../../shared/errors.js'
import type { Command, Surroundings } from './command.js'
import { COMMANDS } from './commands/index.js'
import { parseOptions, type Options } from './options.js'
import { jsonLine, table } from './text.js'

export type ExitCode = 0 | 1 | 2

/** Faults of the program rather than of what the user gave it. */
const INTERNAL: readonly ErrorCode[] = ['internal', 'trainer/crashed', 'export/not-equal', 'host/closed']

/** Run one command line; never throws. 0 = good, 1 = the user's input is wrong, 2 = internal error. */
export async function runCli(args: readonly string[], world: Surroundings): Promise<ExitCode> {
  const json = args.includes('--json')
  try {
    return await dispatch(args, world)
  } catch (error) {
    const data = errorData(error)
    if (json) world.out(jsonLine({ error: data }))
    world.err(describeError(data))
    if (data.code === 'internal' && error instanceof Error) world.err(`${error.stack}\n`)
    return INTERNAL.includes(data.code) ? 2 : 1
  }
}

async function dispatch(args: readonly string[], world: Surroundings): Promise<ExitCode> {
  const [name, ...rest] = args
  if (name === undefined) {
    world.err(overview())
    return 1
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    world.out(overview())
    return 0
  }
  if (name === '--version') {
    world.out(`${world.version}\n`)
    return 0
  }
  const command = COMMANDS.find((candidate) => candidate.name === name)
  if (!command) throw new AppError('input/invalid', `There is no command ${name}.`, `Commands: ${commandNames()}.`)
  if (rest.includes('--help') || rest.includes('-h')) {
    world.out(help(command))
    return 0
  }
  return command.run(parseOptions(command.options, rest), world)
}

function describeError({ message, hint, issues = [] }: ErrorData): string {
  const more = issues.slice(1).map((issue) => `  ${issue.message}\n    ${issue.hint}\n`)
  return `${message}\n${hint === '' ? '' : `${hint}\n`}${more.join('')}`
}

function commandNames(): string {
  return COMMANDS.map(({ name }) => name).join(', ')
}

function overview(): string {
  const rows = COMMANDS.map(({ name, doc }) => [`  ${name}`, doc])
  return `Netwright: design, understand and train convolutional networks.\n\nnetwright <command>\n${table(rows)}\nnetwright <command> --help tells more.\n`
}

function help({ name, doc, usage, options }: Command): string {
  const rows = Object.entries(options as Options).map(([option, { short, value, doc }]) => {
    const names = short === undefined ? `--${option}` : `-${short}, --${option}`
    return [`  ${value === undefined ? names : `${names} ${value}`}`, doc]
  })
  return `netwright ${name} ${usage}\n${doc}\n\n${table(rows)}`
}
