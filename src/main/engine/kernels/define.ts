import type { GradConfig, KernelFunc } from '@tensorflow/tfjs-core'
import type { Emitter, Operand } from '../onnx/emitter.js'
import type { Spec } from '../step/step.js'
import type { GraphEmitter, TfCall } from '../tensorflow/emitter.js'

/** A kernel call as its ONNX emission sees it: inputs carry the name of their ONNX value. */
export interface Call<I extends string, A> {
  readonly inputs: Readonly<Record<I, Operand>>
  /** All inputs in order, for kernels that take a list. */
  readonly list: readonly Operand[]
  readonly attributes: A
  /** The outputs' specs and layouts; their names are what `onnx` returns. */
  readonly outputs: readonly [Operand, ...Operand[]]
}

/** One kernel: everything the engine knows of an operation, in one file. */
export interface KernelSpec<I extends string, A> {
  /** Shape and type of the outputs. */
  readonly infer: (inputs: Readonly<Record<I, Spec>>, attributes: A, list: readonly Spec[]) => readonly Spec[]
  /**
   * How ONNX stores outputs of rank 4: `image` NCHW, `filter` OIHW; `follow` (the default) takes filter if an input of
   * rank 4 is one.
   */
  readonly layout?: 'image' | 'filter' | 'follow'
  /** ONNX operators that compute it; returns the name of each output (one name for one output). */
  readonly onnx: (e: Emitter, call: Call<I, A>) => string | readonly string[]
  /**
   * True if `onnx` combines values at one place only, so that it holds in every layout as long as images have one shape.
   */
  readonly valuewise?: boolean
  /**
   * The same for images whose channels lie in blocks (`onnx/blocked.ts`), where the runtime has them. Inputs come in any
   * layout, filters as in the step; outputs have the layouts that the call says. Undefined if this call cannot be computed
   * so; then `onnx` computes it from images.
   */
  readonly blocked?: (e: Emitter, call: Call<I, A>) => string | readonly string[] | undefined
  /**
   * TensorFlow operations that compute it; returns the name of each output. A kernel without them cannot be used in a net
   * that is trained by TensorFlow.
   */
  readonly tensorflow?: (e: GraphEmitter, call: TfCall<I, A>) => string | readonly string[]
  /** For kernels that tfjs lacks: the gradient rule. */
  readonly gradient?: Omit<GradConfig, 'kernelName'>
  /** For kernels that tfjs's cpu backend lacks or gets wrong: plain loops, the judge in tests. */
  readonly reference?: KernelFunc
}

/** A kernel in the registry, its inputs' names and attributes no longer known. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Kernel = KernelSpec<any, any> & { readonly name: string }

/** Declare a kernel under its tfjs name; `I` are its inputs' names, `A` its attributes. */
export function defineKernel<I extends string, A = object>(name: string, spec: KernelSpec<I, A>): Kernel {
  return { name, ...spec }
}
