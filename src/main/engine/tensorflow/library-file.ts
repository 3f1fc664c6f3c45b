import { closeSync, openSync, readSync, statSync } from 'node:fs'

/** Processor of a library by the numbers in its header (ELF `e_machine`, Mach-O `cputype`, PE `Machine`). */
const ELF: Readonly<Record<number, string>> = { 3: 'ia32', 40: 'arm', 62: 'x64', 183: 'arm64', 243: 'riscv64' }
const MACH: Readonly<Record<number, string>> = { 0x01000007: 'x64', 0x0100000c: 'arm64' }
const PE: Readonly<Record<number, string>> = { 0x14c: 'ia32', 0x8664: 'x64', 0xaa64: 'arm64' }

const FORMATS: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }

/**
 * Why a native library cannot be loaded here, by its header alone: unreadable, no library, of another system or processor.
 * `undefined` if nothing speaks against it. Loading it would only say `wrong ELF class`, or end the process.
 */
export function faultOf(path: string, system = process.platform, processor: string = process.arch): string | undefined {
  let head: Buffer
  let size: number
  try {
    head = firstBytes(path)
    size = statSync(path).size
  } catch (error) {
    return `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`
  }
  const made = targetOf(head)
  if (!made) return `${path} is no library: it is cut short or something else.`
  if (made.system !== system) return `${path} is for ${FORMATS[made.system]}, and this is ${FORMATS[system] ?? system}.`
  // The loader would not notice, and the process end where it reads beyond the end.
  if (size < made.least) return `${path} is cut short: it has ${size} bytes of at least ${made.least}.`
  if (made.processors.length === 0 || made.processors.includes(processor)) return undefined
  return `${path} is for ${made.processors.join(' and ')} processors, and this one is ${processor}.`
}

interface Target {
  readonly system: NodeJS.Platform
  /** Empty if the header names none that we know. */
  readonly processors: readonly string[]
  /** Bytes up to the end of what the header speaks of; 0 where it does not tell. */
  readonly least: number
}

function targetOf(head: Buffer): Target | undefined {
  if (head.length < 64) return undefined
  if (head.readUInt32BE(0) === 0x7f454c46) {
    // The table of sections (`e_shoff`, `e_shentsize`, `e_shnum` of 64 bits) is the last thing in the file.
    const least = head[4] === 2 ? Number(head.readBigUInt64LE(40)) + head.readUInt16LE(58) * head.readUInt16LE(60) : 0
    return { system: 'linux', processors: known(ELF[head.readUInt16LE(18)]), least }
  }
  if (head.readUInt32LE(0) === 0xfeedfacf) {
    return { system: 'darwin', processors: known(MACH[head.readUInt32LE(4)]), least: 0 }
  }
  if (head.readUInt32BE(0) === 0xcafebabe) {
    const parts = Math.min(head.readUInt32BE(4), 2)
    return {
      system: 'darwin',
      processors: Array.from({ length: parts }, (_, i) => known(MACH[head.readUInt32BE(8 + 20 * i)])).flat(),
      least: 0,
    }
  }
  if (head.toString('latin1', 0, 2) !== 'MZ') return undefined
  const at = head.readUInt32LE(60)
  return { system: 'win32', processors: at + 6 <= head.length ? known(PE[head.readUInt16LE(at + 4)]) : [], least: 0 }
}

function known(processor: string | undefined): readonly string[] {
  return processor === undefined ? [] : [processor]
}

function firstBytes(path: string): Buffer {
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(1024)
    return head.subarray(0, readSync(file, head, 0, head.length, 0))
  } finally {
    closeSync(file)
  }
}
