import { useState } from 'react'
import { readField, type Field } from '../../../shared/layers/fields.js'
import { TextField } from '../../ui/TextField.js'

interface Props {
  readonly label: string
  readonly field: Extract<Field, { kind: 'numbers' }>
  readonly value: readonly number[]
  readonly onChange: (value: readonly number[]) => void
}

/** Numbers in a row, with commas or spaces between them. */
export function NumbersInput({ label, field, value, onChange }: Props) {
  const [draft, setDraft] = useState<string>()
  const read = draft === undefined ? undefined : readField(field, parsed(draft))
  return (
    <TextField
      label={label}
      hideLabel
      mono
      placeholder="none"
      value={draft ?? value.join(', ')}
      onChange={(text) => {
        setDraft(text)
        const next = readField(field, parsed(text))
        if ('value' in next) onChange(next.value as readonly number[])
      }}
      onBlur={() => setDraft(undefined)}
      problem={read && 'problem' in read ? `${label} ${read.problem}.` : undefined}
    />
  )
}

/** The numbers of a text; what is none stays a word, so that the message can show it. */
function parsed(text: string): unknown[] {
  return text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((word) => (Number.isNaN(Number(word)) ? word : Number(word)))
}
