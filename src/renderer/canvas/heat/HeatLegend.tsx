import { Panel } from '@xyflow/react'
import { setHeat } from '../../stores/settings.js'
import { grouped } from '../../ui/format.js'
import { Switch } from '../../ui/Switch.js'
import { heatGradient } from './heat.js'
import type { PictureHeat } from './useHeat.js'
import './heat.css'

/** What the colours at the nodes mean, and the switch for them. */
export function HeatLegend({ heat: { on, scale, step } }: { readonly heat: PictureHeat }) {
  const words = `RMS gradient of the loss by the output of each node, before step ${grouped(step + 1)}`
  return (
    <Panel position="bottom-left" className="heat-legend">
      <Switch label="Gradient heat" value={on} onChange={setHeat} />
      {on && (
        <>
          <Power exponent={scale.low} />
          <span
            className="heat-bar"
            role="img"
            aria-label={words}
            title={words}
            style={{ background: heatGradient() }}
          />
          <Power exponent={scale.high} />
        </>
      )}
    </Panel>
  )
}

function Power({ exponent }: { readonly exponent: number }) {
  return (
    <span className="heat-end">
      10<sup>{grouped(exponent)}</sup>
    </span>
  )
}
