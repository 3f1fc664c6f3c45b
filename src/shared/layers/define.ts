import type * as tfjs from '@tensorflow/tfjs-core'
import type { Fields, ValuesOf } from './fields.js'
import type { Window } from './geometry.js'
import type { Reading } from './reading.js'
import type { Paper } from '../papers.js'
import type { Misfit, Shape } from './shapes.js'

/** The handle of tfjs-core that a layer is given; `src/shared` never imports it as a value. */
export type Tf = typeof tfjs
export type Tensor = tfjs.Tensor

/** Groups of the palette and colours of the canvas. */
export type Family = 'io' | 'conv' | 'pool' | 'norm' | 'act' | 'merge' | 'dense' | 'head' | 'block'

/** How one weight begins, and whether training changes it (`statistic` = moved by batch norm, not by the optimizer). */
export interface WeightSpec {
  readonly shape: readonly number[]
  readonly init:
    | { readonly kind: 'he-normal' | 'glorot-uniform'; readonly fanIn: number; readonly fanOut: number }
    | { readonly kind: 'constant'; readonly value: number }
  readonly role: 'trainable' | 'statistic'
}

/** What an output of the net is trained for, and what it says; values are [batch, units], labels int32 [batch]. */
export interface HeadSpec<P> {
  /** `classes`: one value for each, the largest is the answer; `number`: one value, the nearest class is the answer. */
  readonly predicts: 'classes' | 'number'
  /** What the user gets to see of the layer's values: probabilities, or the number itself. */
  readonly output: (tf: Tf, p: P, values: Tensor) => Tensor
  /** Loss of each image, [batch]; `smoothing` is what the training settings ask for. */
  readonly loss: (tf: Tf, p: P, values: Tensor, labels: Tensor, smoothing: number) => Tensor
}

/** What `apply` may use besides its inputs and weights. */
export interface ApplyContext {
  readonly tf: Tf
  /** True while training: batch statistics, dropout active. */
  readonly training: boolean
  /** Record the next value of one of this layer's statistics (`moving_mean`), by its weight name. */
  update(weight: string, value: Tensor): void
  /** Uniform random numbers in [0, 1) that depend on seed, step and this node only; shape includes the batch. */
  random(shape: readonly number[]): Tensor
}

/** Keras spelling of a layer: class name and constructor arguments. */
export type KerasCall = readonly [className: string, config: Readonly<Record<string, unknown>>]

/** One layer of Keras, or several in a row, of which the last has the weights. */
export type KerasSpelling = KerasCall | readonly KerasCall[]

/** The layers of Keras that a spelling stands for, one behind the other. */
export function kerasLayers(spelling: KerasSpelling): readonly KerasCall[] {
  return typeof spelling[0] === 'string' ? [spelling as KerasCall] : (spelling as readonly KerasCall[])
}

/** An input and parameters that tests, docs and pages use. */
export interface LayerExample<P> {
  readonly inputs: readonly Shape[]
  readonly params?: Partial<P>
}

/** All that is known of a kind of layer; palette, inspector, analysis, training and exports read it. */
export interface LayerSpec<F extends Fields> {
  readonly type: string
  readonly title: string
  readonly family: Family
  /** One or two sentences for the palette, the inspector and the reference page. */
  readonly doc: string
  /** What it computes, in one line: y from x and its weights. */
  readonly formula?: string
  /** Where it comes from. */
  readonly source?: Paper
  /** `none` for an input, `one`, or `many` (two or more, in order of their input number). */
  readonly inputs: 'none' | 'one' | 'many'
  readonly params: F
  /** Set where the layer hands on what it gets once training is over, as dropout does; exports may leave it out. */
  readonly trainingOnly?: true
  /** Short setting line of a node: `3x3 / 2, same`. */
  readonly summary?: (p: ValuesOf<F>) => string
  /** Output shape without the batch, or why the inputs do not fit. */
  readonly infer: (p: ValuesOf<F>, inputs: readonly Shape[]) => Shape | Misfit
  /**
   * The window that it slides over the image, for a layer that does: receptive fields, and which image sizes work, follow
   * from it. A layer without one either keeps height and width or says what it `reads`.
   */
  readonly window?: (p: ValuesOf<F>) => Window
  /**
   * Without a window: which rows (side 0) or columns (side 1) of its image those of the output are made of, by the size of the
   * image along the side that is read; `undefined` where a size that is open, or more, would have to be known.
   */
  readonly reads?: (p: ValuesOf<F>, side: 0 | 1, x: Shape) => Reading | undefined
  /** Weights by name (`kernel`, `bias`, …); kernels are HWIO, dense kernels [in, out]. */
  readonly weights?: (p: ValuesOf<F>, inputs: readonly Shape[]) => Readonly<Record<string, WeightSpec>>
  /** Multiply-accumulates of one image; biases not counted. */
  readonly multiplyAdds?: (p: ValuesOf<F>, inputs: readonly Shape[], output: Shape) => number
  /** The layer in tfjs operations; tensors carry the batch first (NHWC or [batch, units]). */
  readonly apply: (
    c: ApplyContext,
    p: ValuesOf<F>,
    inputs: readonly Tensor[],
    weights: Readonly<Record<string, Tensor>>,
  ) => Tensor
  /** For layers of the family `head`. */
  readonly head?: HeadSpec<ValuesOf<F>>
  /** Keras spelling; `undefined` where no layers of Keras are equal. */
  readonly keras: (p: ValuesOf<F>, inputs: readonly Shape[]) => KerasSpelling | undefined
  /** PyTorch spelling: module, or function, and its arguments; `undefined` where PyTorch has none. */
  readonly pytorch: (p: ValuesOf<F>, inputs: readonly Shape[]) => readonly unknown[] | undefined
  readonly examples: readonly LayerExample<ValuesOf<F>>[]
}

/** A layer whose parameter type is no longer known, as the registry holds it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Layer = LayerSpec<any>

/** Declare a layer: fields, shape rule, weights and computation in one object. */
export function defineLayer<const F extends Fields>(spec: LayerSpec<F>): Layer {
  return spec
}
