import { useState } from 'react'
import { TextField } from '../../ui/TextField.js'

interface Props {
  readonly label: string
  readonly value: string
  /** What the formula is now: the value to go on with when it is cleared. */
  readonly known: unknown
  readonly onChange: (value: unknown) => void
}

/** A formula of the block's parameters; what does not begin with `=` any more is a value again. */
export function FormulaInput({ label, value, known, onChange }: Props) {
  const [draft, setDraft] = useState<string>()
  const change = (text: string) => {
    setDraft(text)
    if (text.startsWith('=')) onChange(text)
  }
  const leave = () => {
    setDraft(undefined)
    if (draft === undefined || draft.startsWith('=')) return
    const number = Number(draft)
    onChange(draft.trim() === '' || !Number.isFinite(number) ? known : number)
  }
  return (
    <TextField
      label={label}
      hideLabel
      mono
      focusFirst={value === '='}
      value={draft ?? value}
      onChange={change}
      onBlur={leave}
      onEnter={leave}
    />
  )
}
