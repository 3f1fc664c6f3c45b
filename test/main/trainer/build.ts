import { join } from 'node:path'
import { build } from 'vite'

/**
 * Bundle the entries of the trainer and of its thread as the app's build does; the path of the trainer's. Below `out/`, where the
 * bundle finds the native packages, and apart from the app's own build, so that a test never trusts a stale one.
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
      ssr: true,
      rollupOptions: {
        input: {
          trainer: join(root, 'src/main/trainer/index.ts'),
          'onnx-thread': join(root, 'src/main/engine/onnx/thread.ts'),
        },
        output: { entryFileNames: '[name].js', format: 'es' },
      },
    },
    ssr: { noExternal: true, external: ['onnxruntime-node', 'onnxruntime-web', 'sharp', 'koffi'] },
  })
  return join(outDir, 'trainer.js')
}
