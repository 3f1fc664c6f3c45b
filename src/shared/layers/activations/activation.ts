import { defineLayer, type KerasCall, type Layer, type Tensor, type Tf } from '../define.js'
import type { Paper } from '../../papers.js'
import { first } from '../geometry.js'

/** What an activation without parameters needs to say. */
export interface Activation {
  readonly type: string
  readonly title: string
  readonly doc: string
  readonly formula: string
  readonly source: Paper
  readonly apply: (tf: Tf, x: Tensor) => Tensor
  readonly keras: KerasCall
  readonly pytorch: readonly unknown[]
}

/** A layer that applies one function to every value; shape unchanged, no weights, no parameters. */
export function defineActivation({ apply, keras, pytorch, ...words }: Activation): Layer {
  return defineLayer({
    ...words,
    family: 'act',
    inputs: 'one',
    params: {},
    infer: (_p, inputs) => first(inputs),
    apply: ({ tf }, _p, inputs) => apply(tf, first(inputs)),
    keras: () => keras,
    pytorch: () => pytorch,
    examples: [{ inputs: [[5, 4, 3]] }, { inputs: [[7]] }, { inputs: [[null, null, 2]] }],
  })
}
