import { substitute } from '../rewrite.js'
import { constantKey, specOf, type Step, type ValueId } from '../step.js'

/** Compute once what is computed twice: kernels with equal inputs and attributes, and equal small constants. */
export function shareCommon(step: Step): Step {
  const replaced = new Map<ValueId, ValueId>()
  const known = new Map<string, readonly ValueId[]>()
  const now = (value: ValueId) => replaced.get(value) ?? value
  const isNew = (key: string, outputs: readonly ValueId[]) => {
    const earlier = known.get(key)
    if (earlier === undefined) known.set(key, outputs)
    else outputs.forEach((value, i) => replaced.set(value, earlier[i] as ValueId))
    return earlier === undefined
  }
  const constants = step.constants.filter(({ value, data }) => {
    const { shape, dtype } = specOf(step, value)
    const key = constantKey(dtype, shape, data)
    return key === undefined || isNew(key, [value])
  })
  const nodes = step.nodes.filter((node) => {
    const inputs = Object.entries(node.inputs).map(([name, value]) => `${name}=${now(value)}`)
    return isNew(`${node.kernel}(${inputs}) ${JSON.stringify(node.attributes)}`, node.outputs)
  })
  return substitute({ ...step, constants, nodes }, replaced)
}
