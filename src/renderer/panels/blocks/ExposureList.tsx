import { Checkbox } from 'react-aria-components/Checkbox'
import { Check } from 'lucide-react'
import type { Exposure } from '../../../shared/document/exposures.js'
import { valueWords, words } from '../../ui/format.js'

interface Props {
  readonly exposures: readonly Exposure[]
  readonly chosen: readonly Exposure[]
  readonly onChange: (chosen: readonly Exposure[]) => void
}

/** Parameters to choose from: each of the chosen becomes one of the block's, so that every use can have its own value. */
export function ExposureList({ exposures, chosen, onChange }: Props) {
  if (exposures.length === 0) return undefined
  const toggle = (one: Exposure, on: boolean) =>
    onChange(exposures.filter((other) => (other === one ? on : chosen.includes(other))))
  return (
    <section className="exposures" aria-label="Parameters of the block">
      <h3 className="section-title">Parameters of the block</h3>
      <ul className="exposures-list scroll">
        {exposures.map((one) => (
          <li key={one.name}>
            <Checkbox
              className="check"
              isSelected={chosen.includes(one)}
              onChange={(on) => toggle(one, on)}
              aria-label={`${words(one.places[0]!.param)} of ${placesOf(one)}`}
            >
              <span className="check-box" aria-hidden="true">
                <Check size={12} strokeWidth={2.5} />
              </span>
              <span className="exposure-name">{words(one.places[0]!.param)}</span>
              <span className="exposure-places">{placesOf(one)}</span>
              <span className="mono exposure-value">{valueWords(one.value)}</span>
            </Checkbox>
          </li>
        ))}
      </ul>
    </section>
  )
}

function placesOf({ places }: Exposure): string {
  const ids = places.map(({ node }) => node)
  return ids.length > 3 ? `${ids.slice(0, 2).join(', ')} and ${ids.length - 2} more` : ids.join(', ')
}
