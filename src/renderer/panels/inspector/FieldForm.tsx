import type { Scope } from '../../../shared/expressions/evaluate.js'
import { isExpression } from '../../../shared/expressions/parse.js'
import { readValue } from '../../../shared/graph/params.js'
import { hasMeaning, type Field, type Fields } from '../../../shared/layers/fields.js'
import { words } from '../../ui/format.js'
import { FieldInput } from './FieldInput.js'
import { FormulaInput } from './FormulaInput.js'
import { RowMenu } from './RowMenu.js'

export interface FieldFormProps {
  readonly fields: Fields
  readonly values: Readonly<Record<string, unknown>>
  readonly onChange: (name: string, value: unknown) => void
  /** Inside an own block: what formulas may name, and how a parameter is shown outside. */
  readonly formulas?: Formulas
}

export interface Formulas {
  readonly scope: Scope
  readonly onExpose: (param: string) => void
}

/** A form made from fields: one row per parameter, its help on hover, its problem in words. */
export function FieldForm({ fields, values, onChange, formulas }: FieldFormProps) {
  const rows = Object.entries(fields).filter(([, field]) => hasMeaning(field, values))
  if (rows.length === 0) return undefined
  return (
    <div className="form" role="group" aria-label="Settings">
      {rows.map(([name, field]) => (
        <Row
          key={name}
          name={name}
          field={field}
          value={values[name]}
          onChange={(value) => onChange(name, value)}
          formulas={formulas}
        />
      ))}
    </div>
  )
}

interface RowProps {
  readonly name: string
  readonly field: Field
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly formulas: Formulas | undefined
}

function Row({ name, field, value, onChange, formulas }: RowProps) {
  const read = readValue(field, value, formulas?.scope)
  const label = words(name)
  const known = 'value' in read ? read.value : field.default
  const formula = formulas ? formulaOf(value) : undefined
  return (
    <div className={formulas ? 'form-row form-row-formula' : 'form-row'}>
      <span className="form-label" title={field.doc.replaceAll('`', '')}>
        {label}
      </span>
      <div className="form-control">
        {formula === undefined ? (
          <FieldInput
            label={label}
            field={field}
            value={known}
            onChange={onChange}
            {...(formulas && { onFormula: onChange })}
          />
        ) : (
          <FormulaInput label={label} value={formula} known={known} onChange={onChange} />
        )}
      </div>
      {formulas && (
        <RowMenu
          label={label}
          isFormula={formula !== undefined}
          onFormula={() => onChange(formula === undefined ? `=${plain(known)}` : known)}
          onExpose={() => formulas.onExpose(name)}
        />
      )}
      {formula !== undefined && 'value' in read && <p className="form-result mono">= {plain(known)}</p>}
      {'problem' in read && <p className="form-problem">{`${label} ${read.problem}.`}</p>}
    </div>
  )
}

/** The formula that a value is, or whose first part is one. */
function formulaOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.find(isExpression)
  return isExpression(value) ? value : undefined
}

function plain(value: unknown): string {
  if (!Array.isArray(value)) return String(value)
  return value.every((part) => part === value[0]) ? String(value[0]) : value.join('×')
}
