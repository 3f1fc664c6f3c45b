import type { DataType, DataId, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core'
import type { Kernel } from '../kernels/define.js'
import type { Constant, DType, Spec, StepNode, ValueId } from '../step/step.js'
import { tf } from '../tf.js'

/** What tfjs carries around as the data of a traced tensor: only its number in the step. */
interface TracedData {
  readonly value: ValueId
}

/** A tfjs backend that computes nothing: every kernel writes itself down and hands on tensors without values. */
export class TraceBackend extends tf.KernelBackend {
  readonly values = new Map<ValueId, Spec>()
  readonly constants: Constant[] = []
  readonly nodes: StepNode[] = []
  /** The layer that the next kernels belong to; empty once gradients are on their way back. */
  origin = ''
  private readonly origins = new Map<ValueId, string>()

  /** Forget everything; before each trace. */
  reset() {
    this.values.clear()
    this.origins.clear()
    this.constants.length = 0
    this.nodes.length = 0
    this.origin = ''
  }

  /** A new value that nothing computes: an input or a state. */
  placeholder(shape: readonly number[], dtype: DType): TensorInfo {
    return this.add({ shape, dtype })
  }

  /** Write down one kernel call; like tfjs's own kernels it returns a list only for several outputs. */
  record(
    kernel: Kernel,
    inputs: Readonly<Record<string, TensorInfo>>,
    attributes: NamedAttrMap,
  ): TensorInfo | TensorInfo[] {
    const specs = Object.fromEntries(Object.entries(inputs).map(([name, info]) => [name, specOf(info)]))
    const ids = Object.fromEntries(Object.entries(inputs).map(([name, info]) => [name, valueOf(info)]))
    const outputs = kernel.infer(specs, attributes, Object.values(specs)).map((spec) => this.add(spec))
    const origin = this.origin || this.originOf(Object.values(ids))
    const node = { kernel: kernel.name, inputs: ids, attributes, outputs: outputs.map(valueOf), origin }
    for (const value of node.outputs) this.origins.set(value, origin)
    this.nodes.push(node)
    return outputs.length === 1 ? (outputs[0] as TensorInfo) : outputs
  }

  override write(data: Float32Array | Int32Array | Uint8Array, shape: number[], dtype: DataType): DataId {
    const info = this.add({ shape, dtype: dtype as DType })
    this.constants.push({ value: valueOf(info), data })
    return info.dataId
  }

  override disposeData(): boolean {
    return true
  }

  override numDataIds(): number {
    return 0
  }

  override floatPrecision(): 16 | 32 {
    return 32
  }

  override epsilon(): number {
    return 1e-7
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true }
  }

  override incRef() {}

  decRef() {}

  override refCount(): number {
    return 1
  }

  /** A gradient's kernel belongs to the layer whose saved tensors it reads; those stand after the incoming gradient. */
  private originOf(inputs: readonly ValueId[]): string {
    return inputs.map((value) => this.origins.get(value) ?? '').findLast((origin) => origin !== '') ?? ''
  }

  private add(spec: Spec): TensorInfo {
    const value = this.values.size
    this.values.set(value, spec)
    return { dataId: { value }, shape: [...spec.shape], dtype: spec.dtype }
  }
}

/** The value of the step that a traced tensor stands for. */
export function valueOf(info: { readonly dataId: object }): ValueId {
  return (info.dataId as TracedData).value
}

function specOf(info: TensorInfo): Spec {
  return { shape: info.shape, dtype: info.dtype as DType }
}
