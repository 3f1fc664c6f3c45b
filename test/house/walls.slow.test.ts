import { ESLint } from 'eslint'
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** Break a wall between packages: a file at `path` imports `specifier`. */
const PACKAGE_WALLS: readonly [path: string, specifier: string, words: string][] = [
  ['src/shared/graph/wall.ts', 'node:fs', 'src/shared runs in the window too'],
  ['src/shared/graph/wall.ts', 'electron', 'Only src/main/electron imports Electron'],
  ['src/shared/graph/wall.ts', 'react', 'Only src/renderer draws'],
  ['src/shared/graph/wall.ts', 'onnxruntime-node', 'Native libraries live in the trainer process'],
  ['src/shared/graph/wall.ts', '@tensorflow/tfjs-core', 'tfjs is handed in'],
  ['src/shared/graph/wall.ts', '../../main/engine/executor.js', 'reached through Api and Events'],
  ['src/main/services/wall.ts', 'electron', 'Only src/main/electron imports Electron'],
  ['src/main/services/wall.ts', 'sharp', 'Native libraries live in the trainer process'],
  ['src/main/host/wall.ts', 'onnxruntime-node', 'Native libraries live in the trainer process'],
  ['src/main/electron/wall.ts', 'koffi', 'Native libraries live in the trainer process'],
  ['src/main/services/wall.ts', '../../renderer/App.js', 'The window is reached through Api'],
  ['src/main/cli/wall.ts', 'react', 'Only src/renderer draws'],
  ['src/renderer/panels/wall.ts', '../../main/services/index.js', 'The main process is reached through Api'],
  ['src/renderer/panels/wall.ts', 'node:fs', 'src/shared runs in the window too'],
  ['src/renderer/panels/wall.ts', '@xyflow/react', 'Only src/renderer/canvas imports the canvas library'],
  ['src/renderer/panels/wall.ts', 'uplot', 'Only src/renderer/charts imports the chart library'],
  ['src/renderer/canvas/wall.ts', 'uplot', 'Only src/renderer/charts imports the chart library'],
  ['src/renderer/charts/wall.ts', '@xyflow/react', 'Only src/renderer/canvas imports the canvas library'],
  ['src/renderer/panels/wall.ts', 'zod', "Import * as z from 'zod/mini'"],
]

/** Break a wall between folders: the project at `from` imports a file of the project at `to`, which it does not reference. */
const FOLDER_WALLS: readonly [from: string, to: string][] = [
  ['src/shared', 'src/main/engine'],
  ['src/shared', 'src/renderer'],
  ['src/renderer', 'src/main/services'],
  ['src/main/engine', 'src/main/data'],
  ['src/main/engine', 'src/main/trainer'],
  ['src/main/storage', 'src/main/data'],
  ['src/main/data', 'src/main/engine'],
  ['src/main/models', 'src/main/trainer'],
  ['src/main/trainer', 'src/main/services'],
  ['src/main/services', 'src/main/host'],
  ['src/main/host', 'src/main/cli'],
  ['src/main/cli', 'src/main/electron'],
  ['src/main/electron', 'src/main/host'],
  ['src/main/electron', 'src/renderer'],
]

describe('walls between packages (ESLint)', () => {
  it('catches every wall broken on purpose and names the alternative', async () => {
    const eslint = new ESLint({ cwd: root })
    const caught: string[] = []
    for (const [path, specifier, words] of PACKAGE_WALLS) {
      const [result] = await eslint.lintText(`import * as broken from '${specifier}'\nexport const wall = broken\n`, {
        filePath: join(root, path),
      })
      const messages = (result?.messages ?? [])
        .filter((m) => m.ruleId === 'no-restricted-imports')
        .map((m) => m.message)
      expect(messages.join('\n'), `${path} imports ${specifier}`).toContain(words)
      caught.push(path)
    }
    console.log(`cases=${caught.length}`)
  })

  it('bans Math.random where runs must repeat, and raw HTML in the window', async () => {
    const eslint = new ESLint({ cwd: root })
    const [engine] = await eslint.lintText('export const n = Math.random()\n', {
      filePath: join(root, 'src/main/engine/wall.ts'),
    })
    expect(engine?.messages.map((m) => m.ruleId)).toContain('no-restricted-properties')
    const [window] = await eslint.lintText('export const x = <b dangerouslySetInnerHTML={{ __html: "" }} />\n', {
      filePath: join(root, 'src/renderer/panels/wall.tsx'),
    })
    expect(window?.messages.map((m) => m.ruleId)).toContain('no-restricted-syntax')
  })
})

/** Files outside the project that a program of `folder` would pull in, if a file `wall.ts` in it imported `target`. */
function intruders(folder: string, target: string): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, folder, 'tsconfig.json'),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  )
  if (config === undefined) throw new Error(`no tsconfig.json in ${folder}`)
  const wall = join(root, folder, 'wall.ts')
  const text = `import ${JSON.stringify(target.replace(/\.tsx?$/, '.js'))}\n`
  // Only who imports whom is asked here, so the libraries' types stay away.
  const options: ts.CompilerOptions = { ...config.options, noLib: true, types: [] }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.getSourceFile = (name, version) =>
    name === wall ? ts.createSourceFile(name, text, version) : getSourceFile.call(host, name, version)
  host.fileExists = (name) => name === wall || fileExists.call(host, name)
  host.readFile = (name) => (name === wall ? text : readFile.call(host, name))
  const program = ts.createProgram({
    rootNames: [wall],
    options,
    projectReferences: config.projectReferences ?? [],
    host,
  })
  return program
    .getSemanticDiagnostics(program.getSourceFile(wall))
    .filter((d) => d.code === 6307)
    .map((d) => ts.flattenDiagnosticMessageText(d.messageText, ' '))
}

function someFile(folder: string): string {
  const name = readdirSync(join(root, folder)).find((f) => f.endsWith('.ts') && !f.endsWith('.d.ts'))
  if (name === undefined) throw new Error(`${folder} holds no TypeScript file`)
  return join(root, folder, name)
}

describe('walls between folders (TypeScript projects)', () => {
  it('catches every wall broken on purpose', () => {
    for (const [from, to] of FOLDER_WALLS) {
      const target = someFile(to)
      expect(existsSync(target)).toBe(true)
      expect(intruders(from, target).join('\n'), `${from} imports ${to}`).toContain(target)
    }
    console.log(`cases=${FOLDER_WALLS.length}`)
  })
})
