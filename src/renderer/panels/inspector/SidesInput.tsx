import type { Field, Sides } from '../../../shared/layers/fields.js'
import { NumberField } from '../../ui/NumberField.js'

interface Props {
  readonly label: string
  readonly field: Extract<Field, { kind: 'sides' }>
  readonly value: Sides
  readonly onChange: (value: Sides) => void
}

const NAMES = ['top', 'bottom', 'left', 'right'] as const

/** Pixels on four sides, set as they lie around an image: top above, left and right beside it, bottom below. */
export function SidesInput({ label, field, value, onChange }: Props) {
  return (
    <div className="sides-input" role="group" aria-label={label}>
      {NAMES.map((name, side) => (
        <div key={name} className={`side-${name}`} title={name}>
          <NumberField
            label={`${label} ${name}`}
            hideLabel
            integer
            min={field.min}
            max={field.max}
            value={value[side]!}
            onChange={(pixels) => onChange(value.with(side, pixels) as unknown as Sides)}
          />
        </div>
      ))}
    </div>
  )
}
