import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { int, message, text } from '../protobuf.js'

/** Element types we write, by the numbers of `TensorProto.DataType` in onnx.proto. */
export const ELEMENT = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9 } as const
export type ElementType = keyof typeof ELEMENT

/** A constant of the graph; `data` is row-major and of the class that fits `type` (bool and uint8: `Uint8Array`). */
export interface OnnxTensor {
  readonly name: string
  readonly type: ElementType
  readonly shape: readonly number[]
  readonly data: Float32Array | Int32Array | BigInt64Array | Uint8Array
}

/** An attribute, tagged with the kind the operator's schema asks for: `{ ints: [1, 1] }`, `{ float: 1e-5 }`. */
export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly string: string }
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] }

/** The attributes of one operator call, by name. */
export type Attributes = Readonly<Record<string, Attribute>>

/** One operator call; an empty input name stands for an optional input that is left out. */
export interface OnnxNode {
  readonly op: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes?: Attributes
  /** Operator set other than ONNX's own, such as `com.microsoft`. */
  readonly domain?: string
  readonly name?: string
}

/** An input or output; a word in the shape is a free dimension (`dim_param`), such as `batch`. */
export interface OnnxValue {
  readonly name: string
  readonly type: ElementType
  readonly shape: readonly (number | string)[]
}

/** Everything in an ONNX file that we write. */
export interface OnnxModel {
  readonly name: string
  readonly nodes: readonly OnnxNode[]
  readonly initializers: readonly OnnxTensor[]
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
  /** Operator set version by domain; `''` is ONNX's own. */
  readonly opsets: Readonly<Record<string, number>>
  readonly irVersion: number
  /** Shown by viewers: who wrote it, which classes, which layout. */
  readonly metadata?: Readonly<Record<string, string>>
}

/** The bytes of an ONNX file (message `ModelProto`; field numbers from onnx.proto). */
export function onnxBytes(model: OnnxModel): Uint8Array {
  const w = new BinaryWriter()
  int(w, 1, model.irVersion)
  text(w, 2, 'Netwright')
  message(w, 7, () => writeGraph(w, model))
  for (const [domain, version] of Object.entries(model.opsets)) {
    message(w, 8, () => {
      text(w, 1, domain)
      int(w, 2, version)
    })
  }
  for (const [key, value] of Object.entries(model.metadata ?? {})) {
    message(w, 14, () => {
      text(w, 1, key)
      text(w, 2, value)
    })
  }
  return w.finish()
}

function writeGraph(w: BinaryWriter, model: OnnxModel) {
  for (const node of model.nodes) message(w, 1, () => writeNode(w, node))
  text(w, 2, model.name)
  for (const tensor of model.initializers) message(w, 5, () => writeTensor(w, tensor))
  for (const value of model.inputs) message(w, 11, () => writeValue(w, value))
  for (const value of model.outputs) message(w, 12, () => writeValue(w, value))
}

function writeNode(w: BinaryWriter, node: OnnxNode) {
  for (const input of node.inputs) text(w, 1, input)
  for (const output of node.outputs) text(w, 2, output)
  if (node.name !== undefined) text(w, 3, node.name)
  text(w, 4, node.op)
  for (const [name, attribute] of Object.entries(node.attributes ?? {})) {
    message(w, 5, () => writeAttribute(w, name, attribute))
  }
  if (node.domain !== undefined) text(w, 7, node.domain)
}

function writeAttribute(w: BinaryWriter, name: string, attribute: Attribute) {
  text(w, 1, name)
  if ('float' in attribute) {
    w.tag(2, WireType.Bit32).float(attribute.float)
    int(w, 20, 1)
  } else if ('int' in attribute) {
    int(w, 3, attribute.int)
    int(w, 20, 2)
  } else if ('string' in attribute) {
    text(w, 4, attribute.string)
    int(w, 20, 3)
  } else if ('floats' in attribute) {
    for (const value of attribute.floats) w.tag(7, WireType.Bit32).float(value)
    int(w, 20, 6)
  } else {
    for (const value of attribute.ints) int(w, 8, value)
    int(w, 20, 7)
  }
}

function writeTensor(w: BinaryWriter, { name, type, shape, data }: OnnxTensor) {
  for (const size of shape) int(w, 1, size)
  int(w, 2, ELEMENT[type])
  text(w, 8, name)
  w.tag(9, WireType.LengthDelimited).bytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
}

function writeValue(w: BinaryWriter, { name, type, shape }: OnnxValue) {
  text(w, 1, name)
  message(w, 2, () =>
    message(w, 1, () => {
      int(w, 1, ELEMENT[type])
      message(w, 2, () => {
        for (const size of shape) {
          message(w, 1, () => (typeof size === 'number' ? int(w, 1, size) : text(w, 2, size)))
        }
      })
    }),
  )
}
