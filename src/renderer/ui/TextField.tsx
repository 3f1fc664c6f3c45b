import type { ReactNode } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { TextField as AriaTextField } from 'react-aria-components/TextField'

export interface TextFieldProps {
  readonly label: string
  readonly hideLabel?: boolean
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onBlur?: () => void
  readonly onEnter?: () => void
  readonly onEscape?: () => void
  readonly placeholder?: string
  /** What is wrong with the text, in words. */
  readonly problem?: string | undefined
  readonly mono?: boolean
  readonly icon?: ReactNode
  readonly focusFirst?: boolean
  readonly disabled?: boolean
}

/** A line of text. */
export function TextField(props: TextFieldProps) {
  const { label, hideLabel, value, onChange, problem, mono, icon } = props
  return (
    <AriaTextField
      className="field"
      value={value}
      onChange={onChange}
      isInvalid={problem !== undefined}
      isDisabled={props.disabled ?? false}
      onBlur={() => props.onBlur?.()}
      onKeyDown={(e) => {
        if (e.key === 'Enter') props.onEnter?.()
        if (e.key === 'Escape') props.onEscape?.()
        e.continuePropagation()
      }}
      // eslint-disable-next-line jsx-a11y/no-autofocus -- only dialogs and the quick-add search ask for it
      autoFocus={props.focusFirst ?? false}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {!hideLabel && <Label className="field-label">{label}</Label>}
      <span className="input-box">
        {icon}
        <Input className={mono ? 'input mono' : 'input'} placeholder={props.placeholder ?? ''} spellCheck={false} />
      </span>
      <FieldError className="field-problem">{problem}</FieldError>
    </AriaTextField>
  )
}
