import { useMemo } from 'react'
import type { NodeLook, ProbeEvent, WeightLook } from '../../shared/training/events.js'
import { analysisOf } from './analysis.js'
import { usePlace, useRoot } from './document.js'
import type { Place } from './place.js'
import { useRuns } from './services.js'

/** What the last look of a run saw of one node. */
export interface Looks {
  readonly look: NodeLook
  /** By name: `kernel`; of a block none, its layers have them. */
  readonly weights: Readonly<Record<string, WeightLook>>
}

/** The last look into the net on the canvas, by the shown run. */
export interface SeenNet {
  /** Updates that had been made. */
  readonly step: number
  /** A node as it is called where the canvas is. */
  of(id: string): Looks | undefined
  /** Every trainable weight of a node, of a block those of its layers. */
  weightsIn(id: string): readonly WeightLook[]
}

/** Missing while the shown run has not looked, or has trained another net. */
export function useSeenNet(): SeenNet | undefined {
  const root = useRoot()
  const place = usePlace()
  const probe = useRuns(({ runs, shown }) => runs.find(({ id }) => id === shown)?.probe)
  return useMemo(() => {
    if (!root || !place || !probe) return undefined
    const isThis = analysisOf(root).graph.nodes.every(({ id }) => probe.nodes[id] !== undefined)
    if (!isThis) return undefined
    return {
      step: probe.step,
      of: (id) => looksOf(probe, pathOf(place, id)),
      weightsIn: (id) => weightsUnder(probe, pathUnder(place, id)),
    }
  }, [root, place, probe])
}

/** Path in the whole net of a node of a place; of a block it is that of the layer that makes its output. */
export function pathOf(place: Pick<Place, 'path' | 'closed' | 'analysis'>, id: string): string {
  return pathUnder(place, place.analysis.graph.outputs[id] ?? id)
}

function pathUnder({ path, closed }: Pick<Place, 'path' | 'closed'>, id: string): string {
  const around = closed === undefined ? path : path.slice(0, Math.max(0, path.lastIndexOf('/')))
  return around === '' ? id : `${around}/${id}`
}

function weightsUnder({ weights }: ProbeEvent, path: string): readonly WeightLook[] {
  return Object.entries(weights).flatMap(([name, look]) => (name.startsWith(`${path}/`) ? [look] : []))
}

function looksOf({ nodes, weights }: ProbeEvent, path: string): Looks | undefined {
  const look = nodes[path]
  if (!look) return undefined
  const own = Object.entries(weights).filter(([name]) => name.slice(0, name.lastIndexOf('/')) === path)
  return { look, weights: Object.fromEntries(own.map(([name, seen]) => [name.slice(path.length + 1), seen])) }
}
