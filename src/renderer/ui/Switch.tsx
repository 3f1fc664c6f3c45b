import type { ReactNode } from 'react'
import { Switch as AriaSwitch } from 'react-aria-components/Switch'

export interface SwitchProps {
  readonly label: string
  readonly hideLabel?: boolean
  readonly value: boolean
  readonly onChange: (value: boolean) => void
  readonly disabled?: boolean
  readonly children?: ReactNode
}

/** On or off, at once. */
export function Switch({ label, hideLabel, value, onChange, disabled }: SwitchProps) {
  return (
    <AriaSwitch
      className="switch"
      isSelected={value}
      onChange={onChange}
      isDisabled={disabled ?? false}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      <span className="switch-track" />
      {!hideLabel && <span>{label}</span>}
    </AriaSwitch>
  )
}
