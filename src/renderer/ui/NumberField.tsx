import { useState } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { TextField } from 'react-aria-components/TextField'

export interface NumberFieldProps {
  readonly label: string
  readonly hideLabel?: boolean
  readonly value: number
  /** Called at each keystroke that makes a valid number. */
  readonly onChange: (value: number) => void
  readonly min?: number
  readonly max?: number
  /** What the arrow keys add; with Shift ten times as much. */
  readonly step?: number
  readonly integer?: boolean
  readonly unit?: string
  readonly disabled?: boolean
  /** Called instead with a text that begins with `=`, where formulas mean something. */
  readonly onFormula?: (text: string) => void
  /** Further check: what is wrong with a value, in words. */
  readonly check?: (value: number) => string | undefined
}

/** A number: what is typed shows at once where it is valid, and says what is wrong where it is not. */
export function NumberField(props: NumberFieldProps) {
  const { label, hideLabel, value, onChange, step = 1, unit } = props
  const [draft, setDraft] = useState<string>()
  const problem = draft === undefined ? undefined : numberProblem(draft, props)
  const change = (text: string) => {
    if (props.onFormula && text.startsWith('=')) {
      props.onFormula(text)
      return
    }
    setDraft(text)
    if (numberProblem(text, props) === undefined) onChange(parse(text))
  }
  const nudge = (sign: number, tenfold: boolean) => {
    const next = round(value + sign * step * (tenfold ? 10 : 1))
    change(String(Math.min(props.max ?? Infinity, Math.max(props.min ?? -Infinity, next))))
  }
  return (
    <TextField
      className="field number-field"
      value={draft ?? String(value)}
      onChange={change}
      isInvalid={problem !== undefined}
      isDisabled={props.disabled ?? false}
      onBlur={() => problem === undefined && setDraft(undefined)}
      onKeyDown={(e) => {
        if (e.key === 'ArrowUp') nudge(1, e.shiftKey)
        else if (e.key === 'ArrowDown') nudge(-1, e.shiftKey)
        else if (e.key === 'Enter' || (e.key === 'Escape' && problem !== undefined)) setDraft(undefined)
        else return e.continuePropagation()
        e.preventDefault()
      }}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {!hideLabel && <Label className="field-label">{label}</Label>}
      <span className="input-box">
        <Input className="input mono" inputMode={props.integer ? 'numeric' : 'decimal'} autoComplete="off" />
        {unit && <span className="input-unit">{unit}</span>}
      </span>
      <FieldError className="field-problem">{problem}</FieldError>
    </TextField>
  )
}

/** What is wrong with the typed text, or `undefined`. */
export function numberProblem(text: string, rules: Pick<NumberFieldProps, 'min' | 'max' | 'integer' | 'check'>) {
  const value = parse(text)
  if (text.trim() === '' || !Number.isFinite(value)) return 'Must be a number.'
  if (rules.integer && !Number.isInteger(value)) return 'Must be a whole number.'
  const { min = -Infinity, max = Infinity } = rules
  if (value < min) return `Must be ${min.toLocaleString('en-US')} or more.`
  if (value > max) return `Must be ${max.toLocaleString('en-US')} or less.`
  return rules.check?.(value)
}

/** Commas between thousands are welcome, a decimal comma is not guessed. */
function parse(text: string): number {
  const plain = text
    .trim()
    .replace(/,(?=\d{3}(\D|$))/g, '')
    .replace('\u2212', '-')
  return plain === '' ? NaN : Number(plain)
}

/** Arrow steps of 0.1 must not show 0.30000000000000004. */
function round(value: number): number {
  return Number(value.toPrecision(12))
}
