/**
 * Make the built-in part of Fashion-MNIST: the first 600 images of each class of the training part and the first 100 of each
 * class of the test part, in their order, as IDX files.
 *
 *   node scripts/make-fashion-mnist.mjs [folder of the four original files]
 *
 * Debian's package `dataset-fashion-mnist` has them; its copyright file is the licence text beside the result.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'

const SOURCE = process.argv[2] ?? '/usr/share/datasets/fashion-mnist'
const TARGET = join(import.meta.dirname, '..', 'resources', 'data', 'fashion-mnist')
const CLASSES = 10
const PIXELS = 28 * 28

/** Values of an IDX file of bytes with so many dimensions. */
function valuesOf(file, dimensions) {
  const bytes = gunzipSync(readFileSync(join(SOURCE, file)))
  if (bytes.readUInt32BE(0) !== 0x800 + dimensions) throw new Error(`${file} is not what it should be`)
  return bytes.subarray(4 + 4 * dimensions)
}

function write(file, shape, values) {
  const header = Buffer.alloc(4 + 4 * shape.length)
  header.writeUInt32BE(0x800 + shape.length)
  shape.forEach((extent, i) => header.writeUInt32BE(extent, 4 + 4 * i))
  const bytes = gzipSync(Buffer.concat([header, values]), { level: 9 })
  writeFileSync(join(TARGET, file), bytes)
  console.log(`${file}: ${shape.join('x')}, ${bytes.length} bytes`)
}

function make(part, perClass) {
  const images = valuesOf(`${part}-images-idx3-ubyte.gz`, 3)
  const labels = valuesOf(`${part}-labels-idx1-ubyte.gz`, 1)
  const taken = new Array(CLASSES).fill(0)
  const chosen = [...labels.keys()].filter((i) => taken[labels[i]]++ < perClass)
  if (chosen.length !== CLASSES * perClass)
    throw new Error(`${part} has only ${chosen.length} images for ${CLASSES} classes`)
  const pixels = chosen.map((i) => images.subarray(i * PIXELS, (i + 1) * PIXELS))
  write(`${part}-images-idx3-ubyte.gz`, [chosen.length, 28, 28], Buffer.concat(pixels))
  write(`${part}-labels-idx1-ubyte.gz`, [chosen.length], Buffer.from(chosen.map((i) => labels[i])))
}

mkdirSync(TARGET, { recursive: true })
make('train', 600)
make('t10k', 100)
