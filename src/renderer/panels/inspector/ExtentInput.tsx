import type { Field } from '../../../shared/layers/fields.js'
import { NumberField } from '../../ui/NumberField.js'
import { Segmented } from '../../ui/Segmented.js'

interface Props {
  readonly label: string
  readonly field: Extract<Field, { kind: 'extent' }>
  readonly value: number | null
  readonly onChange: (value: number | null) => void
}

const MODES = [
  { id: 'any', title: 'any' },
  { id: 'px', title: 'px' },
] as const

/** A fixed number of px, or any. */
export function ExtentInput({ label, field, value, onChange }: Props) {
  return (
    <div className="extent-input">
      <Segmented
        label={`${label}: any size or a number of px`}
        options={MODES}
        value={value === null ? 'any' : 'px'}
        onChange={(mode) => onChange(mode === 'any' ? null : (field.default ?? 224))}
      />
      {value !== null && (
        <NumberField
          label={label}
          hideLabel
          integer
          min={field.min}
          max={field.max}
          value={value}
          onChange={onChange}
        />
      )}
    </div>
  )
}
