import { join, resolve } from 'node:path'
import { build } from 'vite'

const ROOT = resolve(import.meta.dirname, '../../..')

/** Packages that stay outside of a bundle. */
const EXTERNAL = ['onnxruntime-node', 'onnxruntime-web', 'playwright-core']

/** Bundle a TypeScript file for Node, as the app's own processes are; returns the path of the result in out/bench. */
export async function bundle(entry) {
  const name = entry.replace(/^.*\/|\.ts$/g, '')
  await build({
    configFile: false,
    logLevel: 'warn',
    root: ROOT,
    build: {
      ssr: join(ROOT, entry),
      outDir: join(ROOT, 'out/bench'),
      emptyOutDir: false,
      rollupOptions: {
        external: EXTERNAL,
        output: { format: 'es', entryFileNames: `${name}.mjs` },
      },
    },
    ssr: { noExternal: true, external: EXTERNAL },
  })
  return join(ROOT, 'out/bench', `${name}.mjs`)
}
