import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** Computers with a network of their own between them: network namespaces of Linux, joined by a bridge. */
export interface Computers {
  /** IPv4 address of each. */
  readonly addresses: readonly string[]
  /** The words before a command that runs it on one of them. */
  on(index: number): readonly string[]
  /** Cut or mend the cable of one of them. */
  cable(index: number, state: 'up' | 'down'): void
  /** End all of them; what still runs there is ended by whoever started it. */
  close(): void
}

/** A process that holds namespaces open for as long as it is spoken to. */
async function holder(command: readonly string[]): Promise<ChildProcess> {
  const [first = '', ...rest] = [...command, 'sh', '-c', 'echo ready && exec cat']
  const child = spawn(first, rest, { stdio: ['pipe', 'pipe', 'inherit'] })
  await Promise.race([
    once(child.stdout!, 'data'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`${command.join(' ')} ended with code ${code}.`))),
  ])
  return child
}

/** So many computers on one network; rejects where the system lets a user make none. */
export async function computers(count: number): Promise<Computers> {
  const hall = await holder(['unshare', '--user', '--map-root-user', '--net'])
  const inside = ({ pid }: ChildProcess) => [
    ...['nsenter', '--target', String(pid), '--user', '--net', '--preserve-credentials'],
  ]
  const ip = (where: ChildProcess, ...args: string[]) => {
    const [first = '', ...rest] = [...inside(where), 'ip', ...args]
    execFileSync(first, rest, { stdio: 'inherit' })
  }
  ip(hall, 'link', 'add', 'hub', 'type', 'bridge')
  ip(hall, 'link', 'set', 'hub', 'up')
  const all: ChildProcess[] = []
  const addresses = Array.from({ length: count }, (_, i) => `10.99.0.${i + 1}`)
  for (const [i, address] of addresses.entries()) {
    const computer = await holder([...inside(hall), 'unshare', '--net'])
    all.push(computer)
    ip(hall, 'link', 'add', `cable${i}`, 'type', 'veth', 'peer', 'name', 'port', 'netns', String(computer.pid))
    ip(hall, 'link', 'set', `cable${i}`, 'master', 'hub', 'up')
    ip(computer, 'link', 'set', 'lo', 'up')
    ip(computer, 'address', 'add', `${address}/24`, 'dev', 'port')
    ip(computer, 'link', 'set', 'port', 'up')
  }
  return {
    addresses,
    on: (index) => inside(all[index]!),
    cable: (index, state) => ip(hall, 'link', 'set', `cable${index}`, state),
    close: () => [...all, hall].forEach((child) => child.stdin!.end()),
  }
}

/** Why tests cannot make such computers here; `undefined` if they can. */
export function withoutNamespaces(): string | undefined {
  if (process.platform !== 'linux') return 'Only Linux has network namespaces.'
  const script = 'ip link add hub type bridge && ip link add cable type veth'
  const { status, stderr, error } = spawnSync('unshare', ['--user', '--map-root-user', '--net', 'sh', '-c', script], {
    encoding: 'utf8',
  })
  return status === 0 ? undefined : `Network namespaces cannot be made here: ${error?.message ?? stderr.trim()}`
}
