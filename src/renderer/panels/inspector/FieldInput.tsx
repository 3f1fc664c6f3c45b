import type { Field, Sides } from '../../../shared/layers/fields.js'
import { NumberField } from '../../ui/NumberField.js'
import { Segmented } from '../../ui/Segmented.js'
import { Select } from '../../ui/Select.js'
import { Switch } from '../../ui/Switch.js'
import { ExtentInput } from './ExtentInput.js'
import { NumbersInput } from './NumbersInput.js'
import { SidesInput } from './SidesInput.js'
import { SizeInput } from './SizeInput.js'

export interface FieldInputProps<F extends Field = Field> {
  readonly label: string
  readonly field: F
  /** A valid value of the field. */
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  /** Called with what is typed once it begins with `=`, where formulas mean something. */
  readonly onFormula?: (text: string) => void
}

/** The control of one field, by its kind. */
export function FieldInput({ label, field, value, onChange, onFormula }: FieldInputProps) {
  const formulas = onFormula && { onFormula }
  switch (field.kind) {
    case 'int':
    case 'number':
      return (
        <NumberField
          label={label}
          hideLabel
          value={value as number}
          onChange={onChange}
          min={field.min}
          max={field.max}
          integer={field.kind === 'int'}
          step={field.kind === 'int' ? 1 : stepOf(field.default)}
          {...formulas}
        />
      )
    case 'size':
      return (
        <SizeInput
          label={label}
          field={field}
          value={value as readonly [number, number]}
          onChange={onChange}
          {...formulas}
        />
      )
    case 'numbers':
      return <NumbersInput label={label} field={field} value={value as readonly number[]} onChange={onChange} />
    case 'sides':
      return <SidesInput label={label} field={field} value={value as Sides} onChange={onChange} />
    case 'extent':
      return <ExtentInput label={label} field={field} value={value as number | null} onChange={onChange} />
    case 'flag':
      return <Switch label={label} hideLabel value={value as boolean} onChange={onChange} />
    case 'choice':
      return <Choice label={label} options={field.options} value={value as string} onChange={onChange} />
  }
}

interface ChoiceProps {
  readonly label: string
  readonly options: readonly string[]
  readonly value: string
  readonly onChange: (value: string) => void
}

function Choice({ label, options, value, onChange }: ChoiceProps) {
  const list = options.map((id) => ({ id, title: id.replace(/^-(?=\d)/, '\u2212') }))
  if (options.length <= 3 && options.join('').length <= 18) {
    return <Segmented label={label} options={list} value={value} onChange={onChange} />
  }
  return <Select label={label} hideLabel options={list} value={value} onChange={onChange} />
}

/** Arrow steps of a real number: a tenth of the size of its default. */
function stepOf(value: number): number {
  return value === 0 ? 0.1 : 10 ** Math.floor(Math.log10(Math.abs(value))) / 10
}
