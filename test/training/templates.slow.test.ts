import { describe, expect, it } from 'vitest'
import { analyze } from '../../src/shared/graph/analyze.js'
import { initialState } from '../../src/shared/program/initial-state.js'
import { buildTemplate } from '../../src/shared/templates/define.js'
import { templateOf, templates } from '../../src/shared/templates/index.js'
import { createExecutor } from '../../src/main/engine/create-executor.js'
import type { HostTensor } from '../../src/main/engine/executor.js'
import { batchFor } from '../main/engine/net.js'

const CLASSES = 3
const STEPS = 2

/** Sides in px below which a family does not work; all others take 32. */
const SMALLEST: Readonly<Record<string, number>> = {
  googlenet: 65,
  'googlenet-bn': 65,
  'inception-v3': 75,
  'inception-v4': 75,
  'inception-resnet-v2': 75,
}

/** The auxiliary head of Inception-v3 needs images of nearly full size. */
const WITHOUT_AUXILIARY = ['inception-v3']

/** Nodes none of whose weights differ. */
function unchanged(before: ReadonlyMap<string, HostTensor>, after: ReadonlyMap<string, HostTensor>): string[] {
  const still = new Map<string, boolean>()
  for (const [name, { data }] of before) {
    if (name.includes('/moving_')) continue
    const node = name.slice(0, name.lastIndexOf('/'))
    const now = after.get(name)!.data
    still.set(node, (still.get(node) ?? true) && data.every((value, i) => value === now[i]))
  }
  return [...still].filter(([, same]) => same).map(([node]) => node)
}

/** Weights and statistics that are not a number any more. */
function broken(state: ReadonlyMap<string, HostTensor>): string[] {
  // A sum is not finite if any value is not; a callback per value would take seconds on a hundred million of them.
  const sum = (data: Float32Array) => {
    let total = 0
    for (let i = 0; i < data.length; i++) total += data[i]!
    return total
  }
  return [...state].filter(([, { data }]) => !Number.isFinite(sum(data))).map(([name]) => name)
}

/** Forms of a template that have other kinds of nodes than its defaults. */
const FORMS = [
  ...templates.map((template) => ({ template, form: {} })),
  { template: templateOf('cifar-resnet-20')!, form: { shortcut: 'A' } },
]

describe('every template trains at its smallest: finite losses, and every layer with weights moves', () => {
  console.log(`cases=${FORMS.length}`)

  it.each(FORMS)('$template.name $form', async ({ template, form }) => {
    const side = SMALLEST[template.name] ?? 32
    const heads = WITHOUT_AUXILIARY.includes(template.name) ? { heads: 'main' } : {}
    const analysis = analyze(
      buildTemplate(template, { height: side, width: side, classes: CLASSES, ...heads, ...form }),
    )
    expect(analysis.issues.filter(({ severity }) => severity === 'error')).toEqual([])
    const start = initialState(analysis, 1)
    const executor = createExecutor(analysis, { device: 'onnx-cpu', optimizer: 'sgd' })
    executor.setState(start)
    for (let step = 0; step < STEPS; step++) {
      const result = await executor.run('train', batchFor(analysis, step, 2, CLASSES))
      const losses = [result.loss, ...Object.values(result.heads).map(({ loss }) => loss)]
      expect(losses.length).toBe(1 + analysis.heads.length)
      expect(losses.filter((loss) => !Number.isFinite(loss))).toEqual([])
    }
    const end = executor.getState()
    await executor.dispose()
    expect(broken(end)).toEqual([])
    expect(unchanged(start, end)).toEqual([])
  })
})
