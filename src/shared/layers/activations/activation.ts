import { defineLayer, type KerasCall, type Layer, type Tensor, type Tf } from '../define.js'
import { first } from '../geometry.js'

/** What an activation without parameters needs to say. */
export interface Activation {
  readonly type: string
  readonly title: string
  readonly doc: string
  readonly apply: (tf: Tf, x: Tensor) => Tensor
  readonly keras: KerasCall
  readonly pytorch: readonly unknown[]
}

/** A layer that applies one function to every value; shape unchanged, no weights, no parameters. */
export function defineActivation({ type, title, doc, apply, keras, pytorch }: Activation): Layer {
  return defineLayer({
    type,
    title,
    family: 'act',
    doc,
    inputs: 'one',
    params: {},
    infer: (_p, inputs) => first(inputs),
    apply: ({ tf }, _p, inputs) => apply(tf, first(inputs)),
    keras: () => keras,
    pytorch: () => pytorch,
    examples: [{ inputs: [[5, 4, 3]] }, { inputs: [[7]] }, { inputs: [[null, null, 2]] }],
  })
}
