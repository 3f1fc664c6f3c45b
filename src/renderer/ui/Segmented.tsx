import { Radio, RadioGroup } from 'react-aria-components/RadioGroup'

export interface SegmentedProps<K extends string> {
  readonly label: string
  readonly options: readonly { readonly id: K; readonly title: string }[]
  readonly value: K
  readonly onChange: (value: K) => void
  readonly disabled?: boolean
}

/** One choice of two or three, all visible. The label is for screen readers. */
export function Segmented<K extends string>({ label, options, value, onChange, disabled }: SegmentedProps<K>) {
  return (
    <RadioGroup
      className="segmented"
      aria-label={label}
      orientation="horizontal"
      value={value}
      onChange={(v) => onChange(v as K)}
      isDisabled={disabled ?? false}
    >
      {options.map((option) => (
        <Radio key={option.id} value={option.id} className="segment">
          {option.title}
        </Radio>
      ))}
    </RadioGroup>
  )
}
