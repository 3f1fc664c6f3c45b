import { hasMeaning, readField, type Field, type Fields } from '../../../shared/layers/fields.js'
import { words } from '../../ui/format.js'
import { FieldInput } from './FieldInput.js'

export interface FieldFormProps {
  readonly fields: Fields
  readonly values: Readonly<Record<string, unknown>>
  readonly onChange: (name: string, value: unknown) => void
}

/** A form made from fields: one row per parameter, its help on hover, its problem in words. */
export function FieldForm({ fields, values, onChange }: FieldFormProps) {
  const rows = Object.entries(fields).filter(([, field]) => hasMeaning(field, values))
  if (rows.length === 0) return undefined
  return (
    <div className="form" role="group" aria-label="Settings">
      {rows.map(([name, field]) => (
        <Row key={name} name={name} field={field} value={values[name]} onChange={(value) => onChange(name, value)} />
      ))}
    </div>
  )
}

interface RowProps {
  readonly name: string
  readonly field: Field
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

function Row({ name, field, value, onChange }: RowProps) {
  const read = readField(field, value)
  const label = words(name)
  return (
    <div className="form-row">
      <span className="form-label" title={field.doc.replaceAll('`', '')}>
        {label}
      </span>
      <div className="form-control">
        <FieldInput
          label={label}
          field={field}
          value={'value' in read ? read.value : field.default}
          onChange={onChange}
        />
      </div>
      {'problem' in read && <p className="form-problem">{`${label} ${read.problem}.`}</p>}
    </div>
  )
}
