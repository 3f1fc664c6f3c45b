import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => existsSync(join(root, file)))
const sources = files.filter((file) => /^(src|test)\/.*\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
const read = (file: string) => readFileSync(join(root, file), 'utf8')

/** Files of this project that a source imports, as paths from the root. */
function importsOf(file: string): string[] {
  const specifiers = [...read(file).matchAll(/(?:from|import)\s+'(\.[^']+)'/g)].map((match) => match[1] as string)
  return specifiers.map((specifier) => {
    const path = relative(root, resolve(root, dirname(file), specifier))
    const candidates = [path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx'), path]
    return candidates.find((candidate) => files.includes(candidate)) ?? path
  })
}

/** The folder that a file lives in for the purpose of cycles: `src/shared/graph`, `src/main/engine`, `src/renderer/canvas`. */
function roomOf(file: string): string {
  const parts = dirname(file).split('/')
  return parts.slice(0, 3).join('/')
}

/** One cycle of a graph of folders or files, or nothing. */
function findCycle(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const done = new Set<string>()
  const visit = (node: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node]
    if (done.has(node)) return undefined
    for (const next of edges.get(node) ?? []) {
      const cycle = visit(next, [...path, node])
      if (cycle !== undefined) return cycle
    }
    done.add(node)
    return undefined
  }
  for (const node of edges.keys()) {
    const cycle = visit(node, [])
    if (cycle !== undefined) return cycle
  }
  return undefined
}

describe('the house', () => {
  it('has no file above 300 lines', () => {
    const long = sources
      .map((file) => [file, read(file).split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 300)
    console.log(`cases=${sources.length}`)
    expect(long).toEqual([])
  })

  it('has no cycle between folders', () => {
    const edges = new Map<string, Set<string>>()
    for (const file of sources.filter((f) => f.startsWith('src/'))) {
      for (const target of importsOf(file)) {
        // Files directly in src/shared are contracts that every folder may use and that name types of all of them.
        const [from, to] = [roomOf(file), roomOf(target)]
        if (from === to || from === 'src/shared' || to === 'src/shared' || from === 'src/renderer') continue
        edges.set(from, (edges.get(from) ?? new Set()).add(to))
      }
    }
    console.log(`cases=${edges.size}`)
    expect(findCycle(edges)).toBeUndefined()
  })

  it('has no cycle between files, types included', () => {
    const files = sources.filter((file) => file.startsWith('src/'))
    console.log(`cases=${files.length}`)
    expect(findCycle(new Map(files.map((file) => [file, new Set(importsOf(file))])))).toBeUndefined()
  })

  it('finds a cycle when there is one', () => {
    const edges = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['c'])],
      ['c', new Set(['a'])],
    ])
    expect(findCycle(edges)).toEqual(['a', 'b', 'c', 'a'])
  })

  it('keeps its promise of docs/map.md: each feature has its one file', () => {
    const rows = [...read('docs/map.md').matchAll(/^\| (.+?) +\| `(.+?)` +\|/gm)].map(([, feature, file]) => ({
      feature,
      file,
    }))
    expect(rows.length).toBeGreaterThanOrEqual(10)
    expect(rows.filter(({ file }) => !existsSync(join(root, file as string)))).toEqual([])
    console.log(`cases=${rows.length}`)
  })

  it('says in one style sheet what a class is: which of two would win depends on the order of loading', () => {
    const sheets = files.filter((file) => file.startsWith('src/renderer/') && file.endsWith('.css'))
    const homes = new Map<string, Set<string>>()
    for (const sheet of sheets) {
      for (const [, selectors] of read(sheet).matchAll(/^((?:\.[\w-]+,?\s*)+)\{/gm)) {
        const alone = selectors!.split(',').map((selector) => selector.trim())
        for (const name of alone.filter((selector) => /^\.[\w-]+$/.test(selector)))
          homes.set(name, (homes.get(name) ?? new Set()).add(sheet))
      }
    }
    console.log(`cases=${homes.size}`)
    expect(homes.size).toBeGreaterThan(300)
    expect([...homes].filter(([, where]) => where.size > 1).map(([name, where]) => [name, ...where])).toEqual([])
  })

  it('holds no path of a machine, no registry address and no unfinished note', () => {
    const text = files.filter((file) => /\.(ts|tsx|mjs|js|json|md|css|html|yaml|py)$/.test(file) || file === '.ci/run')
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { resolved?: string }> }
    expect(Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined)).toEqual([])
    const home = new RegExp(['/home', '/root', '/Users'].map((base) => `${base}/[a-z]`).join('|'))
    const bad = text.filter(
      (file) => file !== 'package-lock.json' && (home.test(read(file)) || /\b(TODO|FIXME)\b/.test(read(file))),
    )
    expect(bad.filter((file) => file !== 'test/house/tidy.test.ts')).toEqual([])
    console.log(`cases=${text.length}`)
  })
})
