import { shareCommon } from './passes/common.js'
import { dropDeadCode } from './passes/dead-code.js'
import { fuseActivation } from './passes/fuse-activation.js'
import { fuseBias } from './passes/fuse-bias.js'
import { resolveIdentities } from './passes/identities.js'
import { fuseReluGradient } from './passes/relu-gradient.js'
import type { Pass } from './rewrite.js'
import type { Step } from './step.js'

/** The passes in the order they run. */
export const passes: Readonly<Record<string, Pass>> = {
  'dead-code': dropDeadCode,
  identities: resolveIdentities,
  common: shareCommon,
  'relu-gradient': fuseReluGradient,
  // What read the inputs of activations is gone, so that they can be joined to what makes them.
  'dead-code-between': dropDeadCode,
  'fuse-bias': fuseBias,
  'fuse-activation': fuseActivation,
  'dead-code-again': dropDeadCode,
}

/** A traced step with all passes applied; `check` is called after each. */
export function optimize(step: Step, check: (step: Step, pass: string) => void = () => {}): Step {
  return Object.entries(passes).reduce((current, [name, pass]) => {
    const next = pass(current)
    check(next, name)
    return next
  }, step)
}
