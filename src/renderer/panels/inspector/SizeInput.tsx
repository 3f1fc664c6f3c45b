import { Link2, Link2Off } from 'lucide-react'
import { useState } from 'react'
import type { Field } from '../../../shared/layers/fields.js'
import { IconButton } from '../../ui/Button.js'
import { NumberField } from '../../ui/NumberField.js'

interface Props {
  readonly label: string
  readonly field: Extract<Field, { kind: 'size' }>
  readonly value: readonly [number, number]
  readonly onChange: (value: readonly [number, number]) => void
  /** A formula stands for both sides. */
  readonly onFormula?: (text: string) => void
}

/** Height and width; linked they change together. */
export function SizeInput({ label, field, value: [height, width], onChange, onFormula }: Props) {
  const [unlinked, setUnlinked] = useState(height !== width)
  const linked = !unlinked && height === width
  const limits = { min: field.min, max: field.max, integer: true, hideLabel: true, ...(onFormula && { onFormula }) }
  return (
    <div className="size-input">
      <NumberField
        {...limits}
        label={`${label} height`}
        value={height}
        onChange={(v) => onChange(linked ? [v, v] : [v, width])}
      />
      <IconButton
        icon={linked ? Link2 : Link2Off}
        label={linked ? `${label}: set height and width apart` : `${label}: keep height and width equal`}
        onPress={() => {
          setUnlinked(linked)
          if (!linked) onChange([height, height])
        }}
      />
      <NumberField
        {...limits}
        label={`${label} width`}
        value={width}
        onChange={(v) => onChange(linked ? [v, v] : [height, v])}
      />
    </div>
  )
}
