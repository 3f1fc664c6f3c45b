import { conv2dBackpropFilter } from './conv/conv2d-backprop-filter.js'
import { conv2dBackpropInput } from './conv/conv2d-backprop-input.js'
import { conv2d } from './conv/conv2d.js'
import { fusedConv2d } from './conv/fused-conv2d.js'
import { groupedConv2dBackpropFilter } from './conv/grouped/grouped-conv2d-backprop-filter.js'
import { groupedConv2dBackpropInput } from './conv/grouped/grouped-conv2d-backprop-input.js'
import { fusedGroupedConv2d } from './conv/grouped/fused-grouped-conv2d.js'
import { groupedConv2d } from './conv/grouped/grouped-conv2d.js'
import type { Kernel } from './define.js'
import { softmaxCrossEntropy } from './loss/softmax-cross-entropy.js'
import { addN } from './math/add-n.js'
import { add } from './math/add.js'
import { cast } from './math/cast.js'
import { cos } from './math/cos.js'
import { divide } from './math/divide.js'
import { eluGrad } from './math/elu-grad.js'
import { elu } from './math/elu.js'
import { equal } from './math/equal.js'
import { erf } from './math/erf.js'
import { exp } from './math/exp.js'
import { greaterEqual } from './math/greater-equal.js'
import { greater } from './math/greater.js'
import { leakyRelu } from './math/leaky-relu.js'
import { lessEqual } from './math/less-equal.js'
import { less } from './math/less.js'
import { log } from './math/log.js'
import { matMul } from './math/mat-mul.js'
import { maximum } from './math/maximum.js'
import { multiply } from './math/multiply.js'
import { negative } from './math/negative.js'
import { reluGrad } from './math/relu-grad.js'
import { relu } from './math/relu.js'
import { relu6Grad } from './math/relu6-grad.js'
import { relu6 } from './math/relu6.js'
import { select } from './math/select.js'
import { sigmoid } from './math/sigmoid.js'
import { softmax } from './math/softmax.js'
import { softplus } from './math/softplus.js'
import { sqrt } from './math/sqrt.js'
import { square } from './math/square.js'
import { step } from './math/step.js'
import { sub } from './math/sub.js'
import { tanh } from './math/tanh.js'
import { batchNormTrainingGrad } from './norm/batch-norm-training-grad.js'
import { batchNormTraining } from './norm/batch-norm-training.js'
import { batchNorm } from './norm/batch-norm.js'
import { fusedBatchNormTraining } from './norm/fused-batch-norm-training.js'
import { lrnGrad } from './norm/lrn-grad.js'
import { lrn } from './norm/lrn.js'
import { averagePoolGrad } from './pool/average-pool-grad.js'
import { averagePool } from './pool/average-pool.js'
import { maxPoolGrad } from './pool/max-pool-grad.js'
import { maxPool } from './pool/max-pool.js'
import { argMax } from './reduce/arg-max.js'
import { max } from './reduce/max.js'
import { mean } from './reduce/mean.js'
import { sum } from './reduce/sum.js'
import { resampleGrad } from './resample/resample-grad.js'
import { resample } from './resample/resample.js'
import { channelShuffle } from './shape/channel-shuffle.js'
import { concat } from './shape/concat.js'
import { pad } from './shape/pad.js'
import { reshape } from './shape/reshape.js'
import { reverse } from './shape/reverse.js'
import { slice } from './shape/slice.js'
import { split } from './shape/split.js'
import { spread } from './shape/spread.js'
import { transpose } from './shape/transpose.js'

/** Every kernel the engine has. */
export const kernels: readonly Kernel[] = [
  add,
  addN,
  argMax,
  averagePool,
  averagePoolGrad,
  batchNorm,
  batchNormTraining,
  batchNormTrainingGrad,
  cast,
  channelShuffle,
  concat,
  conv2d,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  cos,
  divide,
  elu,
  eluGrad,
  equal,
  erf,
  exp,
  fusedBatchNormTraining,
  fusedConv2d,
  fusedGroupedConv2d,
  greater,
  greaterEqual,
  groupedConv2d,
  groupedConv2dBackpropFilter,
  groupedConv2dBackpropInput,
  leakyRelu,
  less,
  lessEqual,
  log,
  matMul,
  max,
  lrn,
  lrnGrad,
  maxPool,
  maxPoolGrad,
  maximum,
  mean,
  multiply,
  negative,
  pad,
  relu,
  relu6,
  relu6Grad,
  reluGrad,
  resample,
  resampleGrad,
  reshape,
  reverse,
  select,
  sigmoid,
  slice,
  softmax,
  softmaxCrossEntropy,
  softplus,
  split,
  spread,
  sqrt,
  square,
  step,
  sub,
  sum,
  tanh,
  transpose,
]

const byName = new Map(kernels.map((kernel) => [kernel.name, kernel]))

/** The kernel of a name; a step holds no others. */
export function kernelOf(name: string): Kernel {
  const kernel = byName.get(name)
  if (!kernel) throw new Error(`There is no kernel ${name}.`)
  return kernel
}
