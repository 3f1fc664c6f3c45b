import { SAME_LAYERS, type Changed, type Comparison, type Pair } from '../../shared/compare/compare.js'
import type { RunComparison } from '../../shared/compare/runs.js'
import type { Change } from '../../shared/compare/values.js'
import { shapeText, type Shape } from '../../shared/layers/shapes.js'
import { table, thousands } from './text.js'

/** How two runs differ, as a person reads it. */
export function describeRuns({ net, settings, results }: RunComparison): string {
  const rows = results.map(({ name, before, after }) => [name, numberText(before), numberText(after)])
  const parts = [
    describeNets(net),
    ...(settings.length > 0 ? [`settings\n${settings.map(describeChange).join('')}`] : []),
    ...(rows.length > 0 ? [table([['result', 'first', 'second'], ...rows], [1, 2])] : []),
  ]
  return parts.join('\n')
}

/** How two nets differ: `+` added, `-` removed, `~` changed. */
export function describeNets(comparison: Comparison): string {
  const { same, sameLayers, added, removed, changed, blocks, training, totals } = comparison
  if (same) return 'The nets are equal.\n'
  const lines = [
    ...(sameLayers ? [`${SAME_LAYERS}\n`] : []),
    ...removed.map(({ id, type, facts }) => `- ${id} (${type}), ${thousands(facts.parameters)} parameters\n`),
    ...added.map(({ id, type, facts }) => `+ ${id} (${type}), ${thousands(facts.parameters)} parameters\n`),
    ...changed.map(describeChanged),
    ...blocks.map(({ name, before, after }) => `${before ? (after ? '~' : '-') : '+'} block ${name}\n`),
    ...(training.length > 0 ? [`training\n${training.map(describeChange).join('')}`] : []),
  ]
  return `${lines.join('')}\n${describeTotals(totals)}`
}

function describeChanged(change: Changed): string {
  const { id, was, type, wasType, params, inputs, shape, parameters, multiplyAdds } = change
  const name = was === undefined ? id : `${was} → ${id}`
  const kind = wasType === undefined ? type : `${wasType} → ${type}`
  const details = [
    ...params.map(describeChange),
    ...(inputs ? [`    fed by ${inputs.before.join(', ')} → ${inputs.after.join(', ')}\n`] : []),
    ...(shape ? [`    makes ${shapeOr(shape.before)} → ${shapeOr(shape.after)}\n`] : []),
    ...pairLine('parameters', parameters),
    ...pairLine('multiply-adds', multiplyAdds),
  ]
  return `~ ${name} (${kind})\n${details.join('')}`
}

function shapeOr(shape: Shape | undefined): string {
  return shape ? shapeText(shape) : 'nothing known'
}

function pairLine(name: string, { before, after }: Pair): readonly string[] {
  return before === after ? [] : [`    ${thousands(before)} → ${thousands(after)} ${name}\n`]
}

function describeChange({ name, before, after }: Change): string {
  return `    ${name}: ${valueText(before)} → ${valueText(after)}\n`
}

function valueText(value: unknown): string {
  return value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value)
}

function numberText(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(4)
}

function describeTotals(totals: Comparison['totals']): string {
  const rows = Object.entries(totals).map(([name, { before, after }]) => {
    const difference = after - before
    const sign = difference > 0 ? '+' : ''
    return [
      TITLES[name as keyof Comparison['totals']],
      thousands(before),
      thousands(after),
      sign + thousands(difference),
    ]
  })
  return table([['in all', 'first', 'second', 'difference'], ...rows], [1, 2, 3])
}

const TITLES: Readonly<Record<keyof Comparison['totals'], string>> = {
  parameters: 'parameters',
  trainable: 'trainable',
  multiplyAdds: 'multiply-adds',
  layers: 'layers',
  depth: 'depth',
}
