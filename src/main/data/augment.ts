import { hash, PURPOSE } from '../../shared/random.js'
import type { ImageShape } from './dataset.js'

/** Pixels of border for a side of 32, as in He et al. 2015, section 4.2; other sides in proportion. */
const BORDER_AT_32 = 4

/** How one image is changed in one epoch. */
export interface Change {
  readonly flip: boolean
  /** Rows and columns by which the image moves; what comes in is black. */
  readonly down: number
  readonly right: number
}

/**
 * The random change of an image: a function of seed, epoch and the image's number. Mirrored in half of all cases (whatever the
 * data: switch augmentation off where left and right differ in meaning, as for letters), and moved by up to an eighth.
 */
export function changeOf(seed: number, epoch: number, image: number, [height, width]: ImageShape): Change {
  const draw = (which: number, count: number) => hash(PURPOSE.augment, seed, epoch, image, which) % count
  const move = (which: number, side: number) => {
    const border = Math.round((BORDER_AT_32 * side) / 32)
    return draw(which, 2 * border + 1) - border
  }
  return { flip: draw(0, 2) === 1, down: move(1, height), right: move(2, width) }
}

/** Apply a change to one HWC image in `images` at `offset`, in place. */
export function applyChange(images: Float32Array, offset: number, shape: ImageShape, change: Change): void {
  const [height, width, channels] = shape
  const size = height * width * channels
  const before = images.slice(offset, offset + size)
  images.fill(0, offset, offset + size)
  for (let y = Math.max(0, change.down); y < Math.min(height, height + change.down); y++) {
    for (let x = Math.max(0, change.right); x < Math.min(width, width + change.right); x++) {
      const column = x - change.right
      const from = ((y - change.down) * width + (change.flip ? width - 1 - column : column)) * channels
      const to = offset + (y * width + x) * channels
      for (let c = 0; c < channels; c++) images[to + c] = before[from + c] as number
    }
  }
}
