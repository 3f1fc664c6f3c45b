import type { ComponentType, ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import { Tip } from './Tooltip.js'

/** An icon of the one set (lucide), drawn at 16 px with 1.5 px strokes. */
export type Icon = ComponentType<{ size?: number | string; strokeWidth?: number | string; className?: string }>

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  readonly kind?: 'primary' | 'outlined' | 'quiet' | 'danger'
  readonly icon?: Icon
  readonly wide?: boolean
  readonly children: ReactNode
}

/** A button with a verb on it; `primary` is the one next step of a place. */
export function Button({ kind = 'outlined', icon: Glyph, wide = false, children, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} className={`button button-${kind}${wide ? ' button-wide' : ''}`}>
      {Glyph && <Glyph size={16} strokeWidth={1.5} />}
      <span className="button-text">{children}</span>
    </AriaButton>
  )
}

export interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'aria-label'> {
  readonly icon: Icon
  /** Accessible name, also shown as the tooltip. */
  readonly label: string
  /** Keys shown in the tooltip: `Ctrl+Z`. */
  readonly keys?: string
  /** Toggled on. */
  readonly active?: boolean
}

/** A square button with an icon; its name shows as a tooltip. */
export function IconButton({ icon: Glyph, label, keys, active = false, ...props }: IconButtonProps) {
  return (
    <Tip text={keys ? `${label} · ${keys}` : label}>
      <AriaButton {...props} aria-label={label} className={`icon-button${active ? ' icon-button-active' : ''}`}>
        <Glyph size={16} strokeWidth={1.5} />
      </AriaButton>
    </Tip>
  )
}
