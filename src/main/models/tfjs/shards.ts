import type { HostTensor } from '../../engine/executor.js'

/** TensorFlow.js's own size of a weight file: small enough for the caches of browsers. */
export const SHARD_BYTES = 4 * 1024 * 1024

/** File names of the shards that hold so many bytes: `group1-shard1of3.bin`; an empty net has one empty shard. */
export function shardNames(bytes: number): readonly string[] {
  const count = Math.max(1, Math.ceil(bytes / SHARD_BYTES))
  return Array.from({ length: count }, (_, i) => `group1-shard${i + 1}of${count}.bin`)
}

/** The values of the tensors one after the other, cut into shards, one at a time: a large net is never in memory twice. */
export function* shardBytes(tensors: readonly HostTensor[]): Generator<Uint8Array> {
  let left = tensors.reduce((sum, { data }) => sum + data.byteLength, 0)
  let shard = new Uint8Array(Math.min(left, SHARD_BYTES))
  let filled = 0
  for (const { data } of tensors) {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + shard.length - filled)
      shard.set(part, filled)
      filled += part.length
      at += part.length
      if (filled < shard.length) continue
      yield shard
      left -= filled
      shard = new Uint8Array(Math.min(left, SHARD_BYTES))
      filled = 0
      if (left === 0) return
    }
  }
  yield shard
}
