import { expect, it } from 'vitest'
import { afterLine, START } from '../../../../../src/main/engine/tensorflow/install/pip-progress.js'
import { packagesFor } from '../../../../../src/main/engine/tensorflow/install/offers.js'

/** The progress after each line that changed it. */
function follow(lines: readonly string[]) {
  let progress = START
  return lines.flatMap((line) => {
    const next = afterLine(progress, line)
    if (next === progress) return []
    progress = next
    return [next]
  })
}

it('adds up files with and without ticks, from the network and from a cache', () => {
  const told = follow([
    'Progress 3 of 4',
    'Collecting numpy>=1.26 (from tensorflow-cpu==2.21.0)',
    '  Downloading numpy-2.4.6-cp311-cp311-manylinux_2_28_x86_64.whl.metadata (62 kB)',
    '  Downloading https://host/packages/numpy-2.4.6-cp311-cp311-manylinux_2_28_x86_64.whl (2 kB)',
    '  Using cached six-1.17.0-py2.py3-none-any.whl (11 kB)',
    '  Downloading gast-0.7.0.tar.gz (1.5 MB)',
    'Progress 500000 of 1500123',
    'Installing collected packages: six, numpy, gast',
    'Successfully installed six-1.17.0',
  ])
  expect(told).toEqual([
    { step: 'download', file: 'numpy 2.4.6', done: 0, total: 2000, received: 0 },
    { step: 'download', file: 'six 1.17.0', done: 11_000, total: 11_000, received: 13_000 },
    { step: 'download', file: 'gast 0.7.0', done: 0, total: 1_500_000, received: 13_000 },
    { step: 'download', file: 'gast 0.7.0', done: 500_000, total: 1_500_123, received: 513_000 },
    { step: 'unpack', received: 1_513_123 },
  ])
})

it('offers what pip has for a computer, and says where there is nothing', () => {
  const titles = (platform: NodeJS.Platform, arch: string) => packagesFor(platform, arch).map(({ title }) => title)
  expect(titles('linux', 'x64')).toEqual([
    'tensorflow-cpu 2.21.0',
    'tensorflow[and-cuda] 2.21.0',
    'intel-tensorflow 2.14.0',
  ])
  expect(titles('linux', 'arm64')).toEqual(['tensorflow 2.21.0'])
  expect(titles('darwin', 'arm64')).toEqual(['tensorflow 2.21.0'])
  for (const [platform, arch] of [['win32', 'x64'] as const, ['darwin', 'x64'] as const]) {
    expect(() => titles(platform, arch)).toThrow('no package for')
  }
})
