import { createElement } from 'react'
import { kindOf } from '../../shared/document/kinds.js'
import { iconOf } from './icons.js'

/** The icon of a type on its family's colour. */
export function FamilyIcon({ type }: { readonly type: string }) {
  const family = kindOf(type)?.family
  return (
    <span className={`family-icon family-${family ?? 'io'}`}>
      {createElement(iconOf(type, family), { size: 16, strokeWidth: 1.5 })}
    </span>
  )
}
