import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, it } from 'vitest'
import { referenceFiles } from '../../src/shared/reference/markdown.js'

const folder = join(import.meta.dirname, '../../docs/reference')

it('the written reference is what the files of layers, blocks and templates say; npm run docs writes it anew', () => {
  const wanted = referenceFiles()
  const written = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  console.log(`cases=${wanted.size}`)
  const stale = [...wanted].filter(([path, text]) => {
    const file = join(folder, path)
    return !existsSync(file) || readFileSync(file, 'utf8') !== text
  })
  expect(stale.map(([path]) => path)).toEqual([])
  expect(written.filter((path) => !wanted.has(path))).toEqual([])
})
