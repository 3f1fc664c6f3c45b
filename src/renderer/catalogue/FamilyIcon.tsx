import { createElement } from 'react'
import { familyOf } from './names.js'
import { iconOf } from './icons.js'

/** The icon of a type on its family's colour. */
export function FamilyIcon({ type }: { readonly type: string }) {
  const family = familyOf(type)
  return (
    <span className={`family-icon family-${family ?? 'io'}`}>
      {createElement(iconOf(type, family), { size: 16, strokeWidth: 1.5 })}
    </span>
  )
}
