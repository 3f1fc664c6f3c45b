#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, runNode } from './shared.mjs'

// In a clone the sources are there and decide; an installed package has only what was built.
if (existsSync(join(ROOT, 'src'))) {
  const { setUp } = await import('./setup.mjs')
  setUp()
  const { build } = await import('./build.mjs')
  build()
}
process.exitCode = await runNode([join(ROOT, 'out', 'main', 'cli.js'), ...process.argv.slice(2)], {
  // npm runs scripts in the folder of package.json and tells where it was called.
  cwd: (process.env.npm_lifecycle_event === 'netwright' && process.env.INIT_CWD) || process.cwd(),
})
