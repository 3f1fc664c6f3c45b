/** Ways to descend; formulas in `program/optimizers.ts`. */
export const OPTIMIZERS = ['sgd', 'momentum', 'nesterov', 'rmsprop', 'adam', 'adamw'] as const
export type OptimizerName = (typeof OPTIMIZERS)[number]

/** What can train a net; which of them are there differs from computer to computer. */
export const DEVICES = [
  'auto',
  'onnx-cpu',
  'onnx-webgpu',
  'onnx-cuda',
  'onnx-directml',
  'onnx-coreml',
  'onnx-wasm',
  'tensorflow-cpu',
  'tensorflow-openmp',
  'tensorflow-gpu',
] as const
export type DeviceName = (typeof DEVICES)[number]

/** How the learning rate moves while a net trains; formulas in `schedules.ts`. */
export const SCHEDULES = ['constant', 'step', 'exponential', 'cosine', 'one-cycle', 'plateau'] as const
export type ScheduleName = (typeof SCHEDULES)[number]

/** What keeps weights and steps small, and predictions from being too sure; 0 leaves each out. */
export interface Regularization {
  /** Pull of kernels towards zero: `decay w` is added to the gradient, or for adamw, whose first value is 0.01, kept apart. */
  readonly weightDecay: number
  /** Longest that the gradient of all weights together may be. */
  readonly clipNorm: number
  /** Largest that any one value of a gradient may be, before that. */
  readonly clipValue: number
  /** Share of the target that training spreads evenly over all classes, below 1 (Szegedy et al. 2016, section 7). */
  readonly labelSmoothing: number
}

/** What a step does besides descending: everything but the optimizer that changes how it is computed. */
export interface StepRules extends Regularization {
  /** Parts of equal size that each batch is computed in, to save memory: their gradients are averaged before the update. */
  readonly microBatches: number
  /** Share of the moving average of the weights that each update keeps; evaluation and exports use it. 0: no average. */
  readonly averageDecay: number
}

/** Everything that, with the document, decides a run. */
export interface TrainingSettings extends StepRules {
  /** Data: `builtin`, `builtin:<name>`, or a path of a folder or `.npz`. */
  readonly data: string
  readonly device: DeviceName
  readonly batch: number
  readonly epochs: number
  /** Stop after so many steps, whatever `epochs` says. */
  readonly steps?: number
  readonly optimizer: OptimizerName
  readonly learningRate: number
  readonly schedule: ScheduleName
  /** Updates in which the rate climbs to its full size. */
  readonly warmupSteps: number
  /** Epochs to a drop by `decayFactor`: `step`, `exponential`; epochs without a better validation loss: `plateau`. */
  readonly decayEvery: number
  readonly decayFactor: number
  /** Weight of each head's loss by head id; a head not named keeps the weight in its node. */
  readonly headWeights: Readonly<Record<string, number>>
  readonly seed: number
  /** Draw a new order every epoch; off: the order of the files. */
  readonly shuffle: boolean
  /** Random flip and pad-crop of training images. */
  readonly augment: boolean
  /** Share of the training part kept for validation where the data has no split of its own, 0 to 0.9. */
  readonly validationShare: number
  /** Updates between checkpoints within an epoch; one more is kept after each epoch. 0: only those. */
  readonly checkpointEvery: number
  /** Updates between looks at gradients and activations, before the first of each so many; 0: none. */
  readonly probeEvery: number
}

/** Sensible first values: momentum SGD on built-in data. */
export const DEFAULT_SETTINGS: TrainingSettings = {
  data: 'builtin',
  device: 'auto',
  batch: 32,
  epochs: 5,
  optimizer: 'momentum',
  learningRate: 0.02,
  schedule: 'constant',
  warmupSteps: 0,
  decayEvery: 10,
  decayFactor: 0.1,
  weightDecay: 0,
  clipNorm: 0,
  clipValue: 0,
  labelSmoothing: 0,
  microBatches: 1,
  averageDecay: 0,
  headWeights: {},
  seed: 1,
  shuffle: true,
  augment: true,
  validationShare: 0.1,
  checkpointEvery: 500,
  probeEvery: 0,
}
