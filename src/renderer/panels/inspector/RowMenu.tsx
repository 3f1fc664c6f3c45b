import { Pin, SquareFunction } from 'lucide-react'
import { IconButton } from '../../ui/Button.js'
import { Menu } from '../../ui/Menu.js'

interface Props {
  readonly label: string
  readonly isFormula: boolean
  /** Change between a value and a formula. */
  readonly onFormula: () => void
  readonly onExpose: () => void
}

/** What else a parameter inside a block can be: a formula, or a parameter of the block. */
export function RowMenu({ label, isFormula, onFormula, onExpose }: Props) {
  return (
    <Menu
      label={`${label}: value or formula`}
      trigger={<IconButton icon={SquareFunction} label={`${label}: value or formula`} active={isFormula} />}
      groups={[
        [
          {
            id: 'formula',
            title: isFormula ? 'Use its value' : 'Use a formula',
            icon: SquareFunction,
            onAction: onFormula,
          },
          {
            id: 'expose',
            title: 'Make it a parameter',
            icon: Pin,
            disabled: isFormula,
            onAction: onExpose,
          },
        ],
      ]}
    />
  )
}
