import { join } from 'node:path'
import { build } from 'vite'
import { sweepTemporary, temporaryBeside } from '../../../src/main/storage/temporary.js'

/**
 * Bundle the entries of the trainer and of its thread as the app's build does; the path of the trainer's. Below `out/`, where the
 * bundle finds the native packages, and apart from the app's own build, so that a test never trusts a stale one. Every process has a
 * bundle of its own, which no other test overwrites while trainers start from it; those of processes that have ended are swept.
 */
export async function buildTrainer(): Promise<string> {
  const root = join(import.meta.dirname, '../../..')
  const out = join(root, 'out')
  await sweepTemporary(out, 0)
  const outDir = temporaryBeside(join(out, 'test-trainer'))
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
