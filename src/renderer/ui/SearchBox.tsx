import { Search } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'

interface Props {
  /** Accessible name, shown while nothing is typed. */
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void
  readonly className?: string
  /** What stands behind the text. */
  readonly children?: ReactNode
}

/** A field that narrows a list while one types. */
export function SearchBox({ label, value, onChange, onKeyDown, className = '', children }: Props) {
  return (
    <span className={`input-box ${className}`.trim()}>
      <Search size={16} strokeWidth={1.5} />
      <input
        className="input"
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {children}
    </span>
  )
}
