import { type BinaryWriter, WireType } from '@bufbuild/protobuf/wire'

/** Fields of a message of protocol buffers, by their numbers: what ONNX and TensorFlow both write their graphs with. */

/** A message within a message, or anything else that is told by its length. */
export function message(w: BinaryWriter, field: number, write: () => void): void {
  w.tag(field, WireType.LengthDelimited).fork()
  write()
  w.join()
}

/** A text. */
export function text(w: BinaryWriter, field: number, value: string): void {
  w.tag(field, WireType.LengthDelimited).string(value)
}

/** A whole number; the short way, where it fits, writes the same bytes. */
export function int(w: BinaryWriter, field: number, value: number): void {
  w.tag(field, WireType.Varint)
  if (value >= 0 && value < 2 ** 32) w.uint32(value)
  else w.int64(value)
}
