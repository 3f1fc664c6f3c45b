import { useContext } from 'react'
import { heatColour } from './heat.js'
import { HeatContext } from './useHeat.js'
import './heat.css'

const WORDS = { none: 'No gradient arrives here.', bad: 'Numbers here are not finite.' } as const

/** The coloured edge of a node; nothing while no heat shows. */
export function HeatMark({ id }: { readonly id: string }) {
  const heat = useContext(HeatContext)?.get(id)
  if (heat === undefined) return undefined
  if (typeof heat === 'string') return <span className={`heat-mark heat-${heat}`} title={WORDS[heat]} />
  return <span className="heat-mark" style={{ background: heatColour(heat) }} />
}
