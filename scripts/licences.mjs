/**
 * Lists everything that ships, with its licence: `docs/licences.md` for readers, `src/shared/licences.ts` for the About box,
 * `resources/licence-texts.txt` with the full texts. `--check` writes nothing and exits 1 if one of them is out of date.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import prettier from 'prettier'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** What ships without being an npm package of the graph. */
const EXTRA = [
  {
    name: 'electron',
    licence: 'MIT',
    note: 'The desktop shell; its folder carries LICENSES.chromium.html with the notices of Chromium and Node.js.',
  },
]
const DATA = [
  {
    name: 'Fashion-MNIST (a class-balanced part)',
    licence: 'MIT',
    note: 'Copyright 2017 Zalando SE, https://github.com/zalandoresearch/fashion-mnist',
  },
]
/** Optional at run time and never packed: its library is used where the user has installed it. */
const NOT_PACKED = new Set(['@tensorflow/tfjs-node-gpu'])

/** The graph of shipped packages, by name and version, in order of name. */
export function shippedPackages(root = ROOT) {
  const manifest = readJson(join(root, 'package.json'))
  const lock = readJson(join(root, 'package-lock.json')).packages
  const roots = new Set([...Object.keys(manifest.dependencies), ...bundledPackages(root, manifest)])
  const found = new Map()
  const visit = (name, from) => {
    const path = resolvePackage(lock, name, from)
    if (!path || found.has(path) || name.startsWith('@types/') || NOT_PACKED.has(name)) return
    const entry = lock[path]
    found.set(path, { name, version: entry.version, licence: licenceOf(entry), path })
    for (const next of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) visit(next, path)
  }
  for (const name of roots) visit(name, '')
  for (const { name } of EXTRA) found.delete(`node_modules/${name}`)
  const unique = new Map([...found.values()].map((p) => [`${p.name}@${p.version}`, p]))
  return [...unique.values()].sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version))
}

/** Packages that the sources import as values: these are what the bundler puts into `out/`. */
function bundledPackages(root, manifest) {
  const known = new Set(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }))
  const names = new Set()
  const pattern =
    /(?:^|\n)\s*(?:import|export)(?!\s+type\b)[^'"`;]*?['"]([^'".][^'"]*)['"]|import\(\s*['"]([^'".][^'"]*)['"]/g
  for (const file of readdirSync(join(root, 'src'), { recursive: true })) {
    if (!/\.(ts|tsx|css)$/.test(file)) continue
    const text = readFileSync(join(root, 'src', file), 'utf8')
    for (const match of text.matchAll(pattern)) {
      const specifier = match[1] ?? match[2]
      const name = specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/')
      if (known.has(name) && name !== 'electron') names.add(name)
    }
  }
  return names
}

/** Where Node would find a package from inside another one. */
function resolvePackage(lock, name, from) {
  for (let base = from; ;) {
    const path = base ? `${base}/node_modules/${name}` : `node_modules/${name}`
    if (lock[path]) return path
    if (!base) return undefined
    const cut = base.lastIndexOf('/node_modules/')
    base = cut < 0 ? '' : base.slice(0, cut)
  }
}

function licenceOf({ license }) {
  return typeof license === 'string' ? license : (license?.type ?? 'unknown')
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}

function page(packages, electron) {
  const counts = new Map()
  for (const { licence } of packages) counts.set(licence, (counts.get(licence) ?? 0) + 1)
  const summary = [...counts].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]))
  return `# Licences

Netwright itself: MIT. This page is written by \`node scripts/licences.mjs\` from the lock file and the imports of \`src\`: every
package that is bundled into \`out/\` or loaded at run time, with all that those bring along for every platform.
The full texts are in \`resources/licence-texts.txt\`. Tools for building and testing do not ship and are not listed.

| licence | packages |
|---|---|
${summary.map(([licence, count]) => `| ${licence} | ${count} |`).join('\n')}

libvips (the \`@img/sharp-libvips-*\` packages, LGPL-3.0-or-later) is loaded as a separate shared library that the user can replace.

## Shell
| name | version | licence | |
|---|---|---|---|
${EXTRA.map((e) => `| ${e.name} | ${electron} | ${e.licence} | ${e.note} |`).join('\n')}

## Data
| name | licence | |
|---|---|---|
${DATA.map((d) => `| ${d.name} | ${d.licence} | ${d.note} |`).join('\n')}

## Packages
| name | version | licence |
|---|---|---|
${packages.map((p) => `| ${p.name} | ${p.version} | ${p.licence} |`).join('\n')}
`
}

function source(packages, electron) {
  const rows = [
    ...EXTRA.map((e) => [e.name, electron, e.licence]),
    ...DATA.map((d) => [d.name, '', d.licence]),
    ...packages.map((p) => [p.name, p.version, p.licence]),
  ]
  return `/** What ships with the app: name, version (empty for data), licence. Written by scripts/licences.mjs. */
export const LICENCES: readonly (readonly [name: string, version: string, licence: string])[] = ${JSON.stringify(rows)}
`
}

/** Every licence and notice file of the installed packages; one text for all packages that share it word for word. */
function texts(root, packages) {
  const owners = new Map()
  for (const { name, version, path } of packages) {
    const folder = join(root, path)
    if (!existsSync(folder)) continue
    for (const file of readdirSync(folder)
      .filter((f) => /^(licen[cs]e|copying|notice|thirdparty)/i.test(f))
      .sort(compare)) {
      const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trimEnd()
      owners.set(text, [...(owners.get(text) ?? []), `${name} ${version}`])
    }
  }
  const line = '='.repeat(80)
  return [...owners].map(([text, names]) => `${line}\n${names.join(', ')}\n${line}\n${text}\n`).join('\n')
}

/** The generated files by path; the texts depend on the platform's installed packages, so \`--check\` leaves them out. */
export async function licenceFiles(root = ROOT) {
  const packages = shippedPackages(root)
  const electron = readJson(join(root, 'package.json')).devDependencies.electron
  const options = { ...readJson(join(root, 'package.json')).prettier }
  const format = (text, parser) => prettier.format(text, { ...options, parser })
  return {
    'docs/licences.md': await format(page(packages, electron), 'markdown'),
    'src/shared/licences.ts': await format(source(packages, electron), 'typescript'),
    'resources/licence-texts.txt': texts(root, packages),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check')
  for (const [path, text] of Object.entries(await licenceFiles())) {
    const target = join(ROOT, path)
    if (!check) {
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, text)
    } else if (!path.endsWith('.txt') && (!existsSync(target) || readFileSync(target, 'utf8') !== text)) {
      console.error(`${path} is out of date: run node scripts/licences.mjs`)
      process.exitCode = 1
    }
  }
}
