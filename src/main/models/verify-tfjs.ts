import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { io, Tensor } from '@tensorflow/tfjs-core'
import { tf } from '../engine/tf.js'
import { compare, type Reference, type Verdict } from './verify.js'

/**
 * Open a written TensorFlow.js folder with tfjs-layers on its plain JavaScript backend and compare it with the trainer;
 * `export/not-equal`. The process has one tfjs engine: the backend that was set before is set again afterwards.
 */
export async function verifyTfjs(folder: string, reference: Reference): Promise<Verdict> {
  const { loadLayersModel, version_layers } = await import('@tensorflow/tfjs-layers')
  await import('@tensorflow/tfjs-backend-cpu')
  const before = tf.getBackend()
  await tf.setBackend('cpu')
  try {
    const model = await loadLayersModel({ load: () => readModel(folder) })
    try {
      return await compare(`TensorFlow.js ${version_layers}`, reference, async (images, shape) => {
        const outputs = tf.tidy(() => model.predict(tf.tensor4d(images, [...shape])))
        return Promise.all([outputs].flat().map(taken))
      })
    } finally {
      model.dispose()
    }
  } finally {
    if (before) await tf.setBackend(before)
  }
}

async function taken(tensor: Tensor): Promise<Float32Array> {
  const values = await tensor.data<'float32'>()
  tensor.dispose()
  return values
}

/** The model's files as tfjs takes them. */
async function readModel(folder: string): Promise<io.ModelArtifacts> {
  const model = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')) as io.ModelJSON
  const paths = model.weightsManifest.flatMap((group) => group.paths)
  const shards = await Promise.all(paths.map((path) => readFile(join(folder, path))))
  return {
    modelTopology: model.modelTopology,
    weightSpecs: model.weightsManifest.flatMap((group) => group.weights),
    weightData: shards.map((shard) => new Uint8Array(shard).buffer),
  }
}
