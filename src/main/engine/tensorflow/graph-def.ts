import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { int, message, text } from '../protobuf.js'

/** Element types of TensorFlow by their numbers in types.proto. */
export const TF_TYPE = { float32: 1, int32: 3, bool: 10, resource: 20 } as const
export type TfType = keyof typeof TF_TYPE

/** A value of a constant, row-major; bool as one byte each. */
export interface TfConstant {
  readonly type: TfType
  readonly shape: readonly number[]
  readonly data: Float32Array | Int32Array | Uint8Array
}

/** An attribute, tagged with its kind as the operation's definition asks for it. */
export type TfAttribute =
  | { readonly type: TfType }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly bool: boolean }
  | { readonly string: string }
  | { readonly shape: readonly number[] }
  | { readonly tensor: TfConstant }

/** The attributes of one operation, by name. */
export type TfAttributes = Readonly<Record<string, TfAttribute>>

/** One operation; inputs are `name`, `name:1` for a further output, or `^name` to only wait for it. */
export interface TfNode {
  readonly name: string
  readonly op: string
  readonly inputs: readonly string[]
  readonly attributes: TfAttributes
  /** Device that computes it, such as `/job:worker/task:1`; missing: where the session likes. */
  readonly device?: string
}

/** Version of the graph format that our operations are written in; TensorFlow 2.9 and later read it. */
const PRODUCER = 1087

/** The bytes of a graph (message `GraphDef`; field numbers from graph.proto, node_def.proto and attr_value.proto). */
export function graphDefBytes(nodes: readonly TfNode[]): Uint8Array {
  const w = new BinaryWriter()
  for (const node of nodes) message(w, 1, () => writeNode(w, node))
  message(w, 4, () => int(w, 1, PRODUCER))
  return w.finish()
}

/** What a session is told, see `ConfigProto` in config.proto. */
export interface SessionConfig {
  /** Threads of one operation; missing: as many as there are cores. */
  readonly threads?: number
  /** Operations computed at the same time; missing: as many as there are threads. */
  readonly operations?: number
  /** Let the session see graphics cards. */
  readonly gpu: boolean
  /** Address of the worker that leads a cluster, `host:port`; missing: this process computes alone. */
  readonly leader?: string
}

/** A server of a cluster: the addresses of all, `host:port`, and which of them this one is (0-based). */
export interface ServerConfig {
  readonly cluster: readonly string[]
  readonly index: number
}

/** Name of the one job that all servers of a cluster belong to. */
const JOB = 'worker'

/** The device name of everything on a server of a cluster. */
export function taskName(index: number): string {
  return `/job:${JOB}/task:${index}`
}

/** The bytes of a server's definition (message `ServerDef` of tensorflow_server.proto, `ClusterDef` of cluster.proto). */
export function serverBytes({ cluster, index }: ServerConfig): Uint8Array {
  const w = new BinaryWriter()
  message(w, 1, () =>
    message(w, 1, () => {
      text(w, 1, JOB)
      cluster.forEach((address, task) =>
        message(w, 2, () => {
          int(w, 1, task)
          text(w, 2, address)
        }),
      )
    }),
  )
  text(w, 2, JOB)
  int(w, 3, index)
  text(w, 5, 'grpc')
  return w.finish()
}

/** The bytes of a session's configuration (message `ConfigProto`). */
export function configBytes({ threads, operations = threads, gpu }: SessionConfig): Uint8Array {
  const w = new BinaryWriter()
  if (!gpu) {
    message(w, 1, () => {
      text(w, 1, 'GPU')
      int(w, 2, 0)
    })
  }
  if (threads !== undefined) int(w, 2, threads)
  if (operations !== undefined) int(w, 5, operations)
  // Memory of the card is taken as it is needed; what only the processor can compute runs there.
  message(w, 6, () => int(w, 4, 1))
  int(w, 7, 1)
  return w.finish()
}

function writeNode(w: BinaryWriter, { name, op, inputs, attributes, device }: TfNode) {
  text(w, 1, name)
  text(w, 2, op)
  for (const input of inputs) text(w, 3, input)
  if (device !== undefined) text(w, 4, device)
  for (const [key, attribute] of Object.entries(attributes)) {
    message(w, 5, () => {
      text(w, 1, key)
      message(w, 2, () => writeAttribute(w, attribute))
    })
  }
}

function writeAttribute(w: BinaryWriter, attribute: TfAttribute) {
  if ('type' in attribute) int(w, 6, TF_TYPE[attribute.type])
  else if ('int' in attribute) int(w, 3, attribute.int)
  else if ('float' in attribute) w.tag(4, WireType.Bit32).float(attribute.float)
  else if ('bool' in attribute) int(w, 5, Number(attribute.bool))
  else if ('string' in attribute) text(w, 2, attribute.string)
  else if ('shape' in attribute) message(w, 7, () => writeShape(w, attribute.shape))
  else if ('tensor' in attribute) message(w, 8, () => writeTensor(w, attribute.tensor))
  else message(w, 1, () => attribute.ints.forEach((value) => int(w, 3, value)))
}

function writeShape(w: BinaryWriter, shape: readonly number[]) {
  for (const size of shape) message(w, 2, () => int(w, 1, size))
}

function writeTensor(w: BinaryWriter, { type, shape, data }: TfConstant) {
  int(w, 1, TF_TYPE[type])
  message(w, 2, () => writeShape(w, shape))
  w.tag(4, WireType.LengthDelimited).bytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
}
