import type { DataType, DataId, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core'
import type { Kernel } from '../kernels/define.js'
import type { Constant, DType, Spec, StepNode, ValueId } from '../step/step.js'
import { tf } from '../tf.js'

/** What tfjs carries around as the data of a traced tensor: its number in the step, and the layer that handed it on. */
interface TracedData {
  readonly value: ValueId
  readonly origin: string
}

/** Inputs of a kernel as tfjs hands them over: by name, those that are left out undefined, or a list. */
type Inputs = NamedTensorInfoMap | readonly TensorInfo[]

/** A tfjs backend that computes nothing: every kernel writes itself down and hands on tensors without values. */
export class TraceBackend extends tf.KernelBackend {
  readonly values = new Map<ValueId, Spec>()
  readonly constants: Constant[] = []
  readonly nodes: StepNode[] = []
  /** The layer that the next kernels belong to; empty once gradients are on their way back. */
  origin = ''

  /** Forget everything; before each trace. */
  reset() {
    this.values.clear()
    this.constants.length = 0
    this.nodes.length = 0
    this.origin = ''
  }

  /** A new value that nothing computes: an input or a state. */
  placeholder(shape: readonly number[], dtype: DType): TensorInfo {
    return this.add({ shape, dtype }, '')
  }

  /** Write down one kernel call; like tfjs's own kernels it returns a list only for several outputs. Inputs of a list are named `0`, `1`, … */
  record(kernel: Kernel, given: Inputs, attributes: NamedAttrMap): TensorInfo | TensorInfo[] {
    const inputs: Record<string, ValueId> = {}
    const specs: Record<string, Spec> = {}
    let saved = ''
    for (const [name, info] of Object.entries(given)) {
      if (info === undefined || info === null) continue
      const { value, origin } = info.dataId as TracedData
      inputs[name] = value
      specs[name] = info as Spec
      // A gradient's kernel belongs to the layer whose saved tensors it reads; those stand after the incoming gradient.
      if (origin !== '') saved = origin
    }
    const origin = this.origin || saved
    const outputs = kernel.infer(specs, attributes, Object.values(specs)).map((spec) => this.add(spec, origin))
    this.nodes.push({ kernel: kernel.name, inputs, attributes, outputs: outputs.map(valueOf), origin })
    return outputs.length === 1 ? (outputs[0] as TensorInfo) : outputs
  }

  /** The same value, handed on by the layer that is computed: tfjs clones every tensor that it saves for gradients. */
  clone({ dataId, shape, dtype }: TensorInfo): TensorInfo {
    const { value, origin } = dataId as TracedData
    return { dataId: { value, origin: this.origin || origin }, shape, dtype }
  }

  override write(data: Float32Array | Int32Array | Uint8Array, shape: number[], dtype: DataType): DataId {
    const info = this.add({ shape, dtype: dtype as DType }, '')
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

  private add({ shape, dtype }: Spec, origin: string): TensorInfo {
    const value = this.values.size
    this.values.set(value, { shape, dtype })
    return { dataId: { value, origin }, shape: [...shape], dtype }
  }
}

/** The value of the step that a traced tensor stands for. */
export function valueOf(info: { readonly dataId: object }): ValueId {
  return (info.dataId as TracedData).value
}
