import { createContext, useMemo } from 'react'
import { useSeenNet } from '../../stores/looks.js'
import { useSettings } from '../../stores/settings.js'
import type { Scene } from '../scene.js'
import { heatOf, heatScale, type Heat, type HeatScale } from './heat.js'

/** Heat of a picture. */
export interface PictureHeat {
  readonly on: boolean
  /** Updates that had been made. */
  readonly step: number
  readonly scale: HeatScale
  readonly nodes: ReadonlyMap<string, Heat>
}

/** Heat of the nodes that are drawn; missing while none is to show. */
export const HeatContext = createContext<ReadonlyMap<string, Heat> | undefined>(undefined)

/** How strongly the gradient arrives at each node of a picture, once the shown run has looked. */
export function useHeat(scene: Scene): PictureHeat | undefined {
  const seen = useSeenNet()
  const on = useSettings((s) => s.heat)
  return useMemo(() => {
    if (!seen) return undefined
    const looks = scene.nodes.flatMap(({ id }) => {
      const look = seen.of(id)?.look
      return look ? [[id, look] as const] : []
    })
    const scale = heatScale(looks.map(([, look]) => look))
    return { on, step: seen.step, scale, nodes: new Map(looks.map(([id, look]) => [id, heatOf(look, scale)])) }
  }, [seen, scene, on])
}
