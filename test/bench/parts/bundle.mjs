import { join, resolve } from 'node:path'
import { build } from 'vite'

const ROOT = resolve(import.meta.dirname, '../../..')

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
        external: ['onnxruntime-node', 'onnxruntime-web'],
        output: { format: 'es', entryFileNames: `${name}.mjs` },
      },
    },
    ssr: { noExternal: true, external: ['onnxruntime-node', 'onnxruntime-web'] },
  })
  return join(ROOT, 'out/bench', `${name}.mjs`)
}
