import { InferenceSession, Tensor, env } from 'onnxruntime-node'
import { ONNX_INPUT } from './onnx.js'
import { compare, type Reference, type Verdict } from './verify.js'

/** Open a written `.onnx` file with ONNX Runtime and compare it with the trainer; `export/not-equal`. */
export async function verifyOnnx(path: string, reference: Reference): Promise<Verdict> {
  const session = await InferenceSession.create(path)
  try {
    return await compare(`ONNX Runtime ${env.versions.common}`, reference, async (images, shape, heads) => {
      const outputs = await session.run({ [ONNX_INPUT]: new Tensor('float32', images, shape) })
      return heads.map((head) => outputs[head]?.data as Float32Array)
    })
  } finally {
    await session.release()
  }
}
