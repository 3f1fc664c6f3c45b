import type { HostTensor } from '../../engine/executor.js'

/** A kernel [height, width, in, out] in ONNX's order [out, in, height, width]. */
export function hwioToOihw({ shape, data }: HostTensor): HostTensor {
  const [height, width, channels, filters] = shape as [number, number, number, number]
  const area = height * width
  const result = new Float32Array(data.length)
  for (let tap = 0; tap < area; tap++) {
    for (let i = 0; i < channels; i++) {
      const row = (tap * channels + i) * filters
      for (let o = 0; o < filters; o++) result[(o * channels + i) * area + tap] = data[row + o] as number
    }
  }
  return { shape: [filters, channels, height, width], data: result }
}
