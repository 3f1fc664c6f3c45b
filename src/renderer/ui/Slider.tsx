import { Label } from 'react-aria-components/Label'
import { Slider as AriaSlider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components/Slider'

export interface SliderProps {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
  readonly min: number
  readonly max: number
  readonly step: number
  /** Words for the value: `0.30`. */
  readonly format?: (value: number) => string
  /** Name of a colour token for the filled part: `s2`. */
  readonly color?: string
  readonly disabled?: boolean
}

/** A number chosen by dragging; label and value stand on the same line. */
export function Slider({ label, value, onChange, min, max, step, format = String, color, disabled }: SliderProps) {
  return (
    <AriaSlider
      className="slider"
      value={value}
      onChange={(v) => onChange(v as number)}
      minValue={min}
      maxValue={max}
      step={step}
      isDisabled={disabled ?? false}
    >
      <Label className="slider-label">{label}</Label>
      <SliderTrack className="slider-track">
        {({ state }) => (
          <>
            <span
              className="slider-fill"
              style={{
                width: `${state.getThumbPercent(0) * 100}%`,
                ...(color ? { background: `var(--${color})` } : {}),
              }}
            />
            <SliderThumb className="slider-thumb" aria-valuetext={format(value)} />
          </>
        )}
      </SliderTrack>
      <SliderOutput className="slider-output mono">{format(value)}</SliderOutput>
    </AriaSlider>
  )
}
