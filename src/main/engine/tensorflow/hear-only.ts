import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import type * as Koffi from 'koffi'
import { AppError } from '../../../shared/errors.js'
import type { Address } from '../cluster.js'

/** One instruction of a packet filter (`sock_filter` in linux/filter.h): code, jumps if true and if false, operand. */
type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, operand: number]

/** Codes of linux/bpf_common.h. */
const LOAD_BYTE = 0x30
const LOAD_WORD = 0x20
const SHIFT_RIGHT = 0x74
const IF_EQUAL = 0x15
const RETURN = 0x06
/** Where the header of the internet protocol begins, whatever a socket shows of a packet (`SKF_NET_OFF`). */
const HEADER = 0xfff00000
/** Place of the address in that header that a packet is sent to (RFC 791, section 3.1). */
const DESTINATION = 16
const SOL_SOCKET = 1
const SO_ATTACH_FILTER = 26

/**
 * Let the sockets of this process at a port hear only packets to one of its computer's IPv4 addresses; Linux only. TensorFlow's
 * server listens on every address, and can be told no other way. `device/unavailable` if the system refuses.
 */
export function hearOnly({ host, port }: Address): void {
  const koffi = createRequire(import.meta.url)('koffi') as typeof Koffi
  const program = koffi.struct({ length: 'uint16_t', instructions: 'void*' })
  const types = ['int', 'int', 'int', koffi.pointer(program), 'uint32_t']
  const set = koffi.load('libc.so.6').func('setsockopt', 'int', types)
  const filter = filterFor(host)
  const value = { length: filter.length / 8, instructions: filter }
  const sockets = socketsAt(port)
  const refused = sockets.some((socket) => set(socket, SOL_SOCKET, SO_ATTACH_FILTER, value, 16) !== 0)
  if (sockets.length > 0 && !refused) return
  throw new AppError(
    'device/unavailable',
    `The worker’s port ${port} cannot be limited to ${host}: the system has no packet filters for sockets.`,
    'It takes a Linux whose kernel filters packets of sockets; some sandboxes have none.',
  )
}

/** Takes packets of version 4 to the address, and drops all others. */
function filterFor(address: string): Buffer {
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const program: readonly Instruction[] = [
    [LOAD_BYTE, 0, 0, HEADER],
    [SHIFT_RIGHT, 0, 0, 4],
    [IF_EQUAL, 0, 3, 4],
    [LOAD_WORD, 0, 0, HEADER + DESTINATION],
    [IF_EQUAL, 0, 1, number],
    [RETURN, 0, 0, 0xffffffff],
    [RETURN, 0, 0, 0],
  ]
  const bytes = Buffer.alloc(8 * program.length)
  program.forEach(([code, ifTrue, ifFalse, operand], i) => {
    bytes.writeUInt16LE(code, 8 * i)
    bytes.writeUInt8(ifTrue, 8 * i + 2)
    bytes.writeUInt8(ifFalse, 8 * i + 3)
    bytes.writeUInt32LE(operand, 8 * i + 4)
  })
  return bytes
}

/** Descriptors of the sockets of this process whose own port this is, listening or connected. */
function socketsAt(port: number): readonly number[] {
  const nodes = new Set(['tcp', 'tcp6'].flatMap((table) => nodesAt(port, table)))
  return readdirSync('/proc/self/fd')
    .filter((descriptor) => nodes.has(targetOf(descriptor)))
    .map(Number)
}

/** What such sockets are called in `/proc/self/fd`: the fields of these tables are in proc_net_tcp.txt of the kernel's documentation. */
function nodesAt(port: number, table: string): readonly string[] {
  const lines = readFileSync(`/proc/self/net/${table}`, 'utf8').trim().split('\n').slice(1)
  return lines.flatMap((line) => {
    const [, local = '', , , , , , , , node = ''] = line.trim().split(/\s+/)
    return Number.parseInt(local.split(':').at(-1) ?? '', 16) === port ? [`socket:[${node}]`] : []
  })
}

function targetOf(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`)
  } catch {
    // Closed since it was listed.
    return ''
  }
}
