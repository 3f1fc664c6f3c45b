import { TextField, type TextFieldProps } from '../../ui/TextField.js'

export interface NameRowProps extends Omit<TextFieldProps, 'hideLabel'> {
  /** What stands in front; `label` is what a screen reader says. */
  readonly title: string
  /** What it is for, shown at the title. */
  readonly about?: string
}

/** A row of an inspector with one line of text, as names have it. */
export function NameRow({ title, about, ...field }: NameRowProps) {
  return (
    <div className="form-row form-row-name">
      <span className="form-label" title={about}>
        {title}
      </span>
      <TextField hideLabel {...field} />
    </div>
  )
}
