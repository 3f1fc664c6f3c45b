import { join } from 'node:path'
import { build } from 'vite'

/**
 * Bundle the trainer's entry as the app's build does and return its path. Below `out/`, where the bundle finds the native
 * packages, and apart from the app's own build, so that a test never trusts a stale one.
 */
export async function buildTrainer(): Promise<string> {
  const root = join(import.meta.dirname, '../../..')
  const outDir = join(root, 'out', 'test-trainer')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      ssr: join(root, 'src/main/trainer/index.ts'),
      rollupOptions: { output: { entryFileNames: 'trainer.js', format: 'es' } },
    },
    ssr: { noExternal: true, external: ['onnxruntime-node', 'onnxruntime-web', 'sharp', 'koffi'] },
  })
  return join(outDir, 'trainer.js')
}
