import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cudaFiles, cudaFolders, cudaLibraries, noGpu } from '../../../../src/main/engine/tensorflow/cuda.js'
import { faultOf } from '../../../../src/main/engine/tensorflow/library-file.js'
import { checkVersion } from '../../../../src/main/engine/tensorflow/version.js'

/** The first bytes of libraries, as linkers write them. */
function elf(machine: number): Buffer {
  const head = Buffer.alloc(64)
  head.write('\x7fELF', 'latin1')
  head.writeUInt16LE(machine, 18)
  return head
}
function mach(cpu: number): Buffer {
  const head = Buffer.alloc(64)
  head.writeUInt32LE(0xfeedfacf, 0)
  head.writeUInt32LE(cpu, 4)
  return head
}
function fat(...cpus: number[]): Buffer {
  const head = Buffer.alloc(128)
  head.writeUInt32BE(0xcafebabe, 0)
  head.writeUInt32BE(cpus.length, 4)
  cpus.forEach((cpu, i) => head.writeUInt32BE(cpu, 8 + 20 * i))
  return head
}
function pe(machine: number): Buffer {
  const head = Buffer.alloc(128)
  head.write('MZ', 'latin1')
  head.writeUInt32LE(80, 60)
  head.writeUInt16LE(machine, 84)
  return head
}

const FILES: readonly [string, Buffer, NodeJS.Platform, string, string | undefined][] = [
  ['Linux x64', elf(62), 'linux', 'x64', undefined],
  ['Linux arm64', elf(183), 'linux', 'arm64', undefined],
  ['Linux arm64 elsewhere', elf(183), 'linux', 'x64', 'is for arm64 processors, and this one is x64.'],
  ['Linux ia32', elf(3), 'linux', 'x64', 'is for ia32 processors, and this one is x64.'],
  ['macOS arm64', mach(0x0100000c), 'darwin', 'arm64', undefined],
  ['macOS arm64 elsewhere', mach(0x0100000c), 'darwin', 'x64', 'is for arm64 processors, and this one is x64.'],
  ['macOS both', fat(0x01000007, 0x0100000c), 'darwin', 'x64', undefined],
  ['macOS on Linux', mach(0x01000007), 'linux', 'x64', 'is for macOS, and this is Linux.'],
  ['Windows x64', pe(0x8664), 'win32', 'x64', undefined],
  ['Windows arm64 elsewhere', pe(0xaa64), 'win32', 'x64', 'is for arm64 processors, and this one is x64.'],
  ['Windows on Linux', pe(0x8664), 'linux', 'x64', 'is for Windows, and this is Linux.'],
  [
    'a page of text',
    Buffer.from('<!doctype html>'.repeat(9)),
    'linux',
    'x64',
    'is no library: it is cut short or something else.',
  ],
  ['an empty file', Buffer.alloc(0), 'linux', 'x64', 'is no library: it is cut short or something else.'],
]

it.each(FILES)('a library for %s is told by its first bytes', async (_name, bytes, system, processor, fault) => {
  const path = join(await mkdtemp(join(tmpdir(), 'library-')), 'library')
  await writeFile(path, bytes)
  expect(faultOf(path, system, processor)).toBe(fault && `${path} ${fault}`)
})

it('a library that is cut short is told by where its header says that it ends', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'library-')), 'library')
  const head = elf(62)
  head.writeUInt8(2, 4)
  head.writeBigUInt64LE(1000n, 40)
  head.writeUInt16LE(64, 58)
  head.writeUInt16LE(3, 60)
  await writeFile(path, head)
  expect(faultOf(path, 'linux', 'x64')).toBe(`${path} is cut short: it has 64 bytes of at least 1192.`)
  await writeFile(path, Buffer.concat([head, Buffer.alloc(1128)]))
  expect(faultOf(path, 'linux', 'x64')).toBeUndefined()
})

it('a library that is a folder or is not there cannot be read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'library-'))
  for (const path of [folder, join(folder, 'none')]) expect(faultOf(path)).toMatch(/cannot be read: .+\.$/)
})

it('TensorFlow 2.9 to 2.21 and newer are taken, older ones are not', () => {
  const taken = ['2.9.1', '2.10.0', '2.21.0', '2.21.0-rc1', '3.0.0', 'unknown']
  for (const version of taken) expect(() => checkVersion(version, '/lib')).not.toThrow()
  for (const version of ['1.15.5', '2.8.4', '2.0.0']) {
    const error = {
      code: 'device/unavailable',
      message: `TensorFlow in /lib is version ${version}, but Netwright needs 2.9 or newer.`,
    }
    expect(() => checkVersion(version, '/lib')).toThrowError(expect.objectContaining(error))
  }
})

describe.skipIf(process.platform === 'darwin')('a TensorFlow that sees no graphics card', () => {
  const words = (version: string, there: (name: string) => boolean) => noGpu(version, 'a test', there).message

  it('says which CUDA libraries are missing, by name', () => {
    expect(words('2.21.0', () => false)).toBe(
      'TensorFlow 2.21.0, a test: no NVIDIA driver is installed (libcuda.so.1).',
    )
    expect(words('2.21.0', (name) => !/cudnn|cublas/.test(name))).toBe(
      'TensorFlow 2.21.0, a test: the CUDA libraries libcublas.so.12, libcudnn.so.9 are missing.',
    )
    expect(words('2.21.0', () => true)).toContain('sees no card')
  })

  it('asks for the CUDA that its version was built for', () => {
    const builds = [
      ['2.9.1', 'libcudart.so.11.0', 'libcudnn.so.8'],
      ['2.14.0', 'libcudart.so.11.0', 'libcudnn.so.8'],
      ['2.15.0', 'libcudart.so.12', 'libcudnn.so.8'],
      ['2.18.0', 'libcudart.so.12', 'libcudnn.so.9'],
    ]
    for (const [version, ...libraries] of builds)
      expect(cudaLibraries(version!)).toEqual(expect.arrayContaining(libraries))
  })

  it('finds the CUDA packages beside it', async () => {
    const site = await mkdtemp(join(tmpdir(), 'site-'))
    for (const folder of ['nvidia/cudnn/lib', 'nvidia/cublas/lib', 'nvidia/docs', 'tensorflow']) {
      await mkdir(join(site, folder), { recursive: true })
    }
    const path = join(site, 'tensorflow', 'libtensorflow_cc.so.2')
    const found = cudaFolders({ path, needs: [], source: 'a test' })
    expect([...found].sort()).toEqual(['cublas', 'cudnn'].map((name) => join(site, 'nvidia', name, 'lib')))
    for (const name of ['libcudnn.so.8', 'libcudnn.so.9']) await writeFile(join(site, 'nvidia/cudnn/lib', name), '')
    const files = cudaFiles({ path, needs: [], source: 'a test', version: '2.21.0' })
    expect(files).toEqual([join(site, 'nvidia/cudnn/lib/libcudnn.so.9')])
  })
})
