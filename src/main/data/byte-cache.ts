/** Decoded images are kept up to this many bytes; beyond it they are made anew each time. */
const MOST_BYTES = 512 * 2 ** 20

/** Images as bytes by number, for those that are slow to make; forgets nothing, but keeps no more than fits the budget. */
export class ByteCache {
  private readonly images = new Map<number, Uint8Array>()
  private bytes = 0

  get(index: number): Uint8Array | undefined {
    return this.images.get(index)
  }

  put(index: number, image: Uint8Array): void {
    if (this.bytes + image.length > MOST_BYTES) return
    this.images.set(index, image)
    this.bytes += image.length
  }
}

/** Write bytes as floats 0…1 into `out` at `offset`. */
export function writeScaled(bytes: Uint8Array, out: Float32Array, offset: number): void {
  for (let i = 0; i < bytes.length; i++) out[offset + i] = (bytes[i] as number) / 255
}
