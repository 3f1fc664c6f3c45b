import type { ProbeEvent } from '../../shared/training/events.js'
import { percent, table } from './text.js'

const HEADINGS = ['layer', 'weight', 'gradient', 'update/weight', 'output', 'gradient by output', 'dead']

/** A look at a net as a table: a line per weight, and per layer without weights where something is dead or not finite. */
export function probeTable({ nodes, weights, heads }: ProbeEvent): string {
  const rows = Object.entries(nodes).flatMap(([id, look]) => {
    const own = Object.entries(weights).filter(([name]) => name.slice(0, name.lastIndexOf('/')) === id)
    const dead = look.dead === undefined ? '' : percent(look.dead)
    const facts = [number(look.output), number(look.gradient), dead]
    if (own.length === 0) return look.dead || look.bad ? [[id, '', '', '', ...facts]] : []
    return own.map(([name, { gradient, ratio }], i) => {
      const first = i === 0 ? facts : ['', '', '']
      return [
        i === 0 ? id : '',
        name.slice(id.length + 1),
        number(gradient),
        ratio === undefined ? '' : number(ratio),
        ...first,
      ]
    })
  })
  const pulls = Object.entries(heads).map(([id, { gradient }]) => `${id} ${number(gradient)}`)
  return `${table([HEADINGS, ...rows], [2, 3, 4, 5, 6])}gradient of each head: ${pulls.join(', ')}\n`
}

/** Three digits; what is left out was not finite. */
function number(value: number | undefined): string {
  if (value === undefined) return 'not finite'
  if (value === 0) return '0'
  return value >= 1e-3 && value < 1e4 ? String(Number(value.toPrecision(3))) : value.toExponential(2)
}
