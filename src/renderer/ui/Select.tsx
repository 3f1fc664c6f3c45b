import { Check, ChevronDown } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { Text } from 'react-aria-components/Text'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select'

export interface SelectOption<K extends string> {
  readonly id: K
  readonly title: string
  /** A second line: what it is, or why it cannot be chosen. */
  readonly detail?: string
  readonly disabled?: boolean
}

export interface SelectProps<K extends string> {
  readonly label: string
  readonly hideLabel?: boolean
  readonly options: readonly SelectOption<K>[]
  readonly value: K
  readonly onChange: (value: K) => void
  readonly disabled?: boolean
}

/** One choice of several, in a list that opens. */
export function Select<K extends string>({ label, hideLabel, options, value, onChange, disabled }: SelectProps<K>) {
  return (
    <AriaSelect
      className="field"
      value={value}
      onChange={(key) => key !== null && onChange(String(key) as K)}
      isDisabled={disabled ?? false}
      disabledKeys={options.filter((o) => o.disabled).map((o) => o.id)}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {!hideLabel && <Label className="field-label">{label}</Label>}
      <Button className="select-button">
        <SelectValue className="select-value">{({ selectedText }) => selectedText || 'Choose…'}</SelectValue>
        <ChevronDown size={16} strokeWidth={1.5} />
      </Button>
      <Popover className="popover" offset={4}>
        <ListBox className="list" items={options.map((o) => ({ ...o }))}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.title} className="list-item">
              <span className="list-item-text">
                <Text slot="label">{option.title}</Text>
                {option.detail && (
                  <Text slot="description" className="list-item-detail">
                    {option.detail}
                  </Text>
                )}
              </span>
              <Check className="list-item-check" size={16} strokeWidth={1.5} />
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
