import type { ReactNode } from 'react'
import { headLook } from '../../charts/lines.js'
import { Button } from '../../ui/Button.js'
import { NumberField } from '../../ui/NumberField.js'
import { words } from '../../ui/format.js'
import { Slider } from '../../ui/Slider.js'

export interface HeadMixerProps {
  /** Ids, the main head first. */
  readonly heads: readonly string[]
  readonly weights: Readonly<Record<string, number>>
  /** `burst` joins the changes of one slider to one undo step. */
  readonly onChange: (weights: Readonly<Record<string, number>>, burst: string) => void
  /** A few words beside the title. */
  readonly note?: string
  /** Shown while there are no heads. */
  readonly children?: ReactNode
}

/** Highest weight the sliders reach; the number beside takes more. */
const SLIDER_MAX = 2

/** How much the loss of each head counts in the total. */
export function HeadMixer({ heads, weights, onChange, note, children }: HeadMixerProps) {
  const set = (id: string, weight: number) => onChange({ ...weights, [id]: weight }, `head-weight/${id}`)
  const preset = (others: number) =>
    onChange(Object.fromEntries(heads.map((id, i) => [id, i === 0 ? 1 : others])), `head-weight/all-${others}`)
  return (
    <section className="mixer" aria-label="Head mixer">
      <header className="mixer-head">
        <h2 className="mixer-title">Head mixer</h2>
        {note && heads.length > 1 && <small className="muted">{note}</small>}
      </header>
      {heads.length === 0 && <p className="muted">{children}</p>}
      <div className="mixer-rows scroll">
        {heads.map((id, index) => (
          <div key={id} className="mixer-row">
            <Slider
              label={words(id)}
              value={Math.min(SLIDER_MAX, weights[id] ?? 0)}
              onChange={(value) => set(id, value)}
              min={0}
              max={SLIDER_MAX}
              step={0.05}
              format={(value) => value.toFixed(2)}
              color={headLook(index).color.slice(2)}
            />
            <NumberField
              label={`Loss weight of ${words(id)}`}
              hideLabel
              value={weights[id] ?? 0}
              onChange={(value) => set(id, value)}
              min={0}
              max={1000}
              step={0.1}
            />
          </div>
        ))}
      </div>
      {heads.length > 1 && (
        <div className="mixer-presets" role="group" aria-label="Presets of the head mixer">
          <Button kind="quiet" onPress={() => preset(1)}>
            {`Article ${ratio(heads.length, '1')}`}
          </Button>
          <Button kind="quiet" onPress={() => preset(0.3)}>
            {`Paper ${ratio(heads.length, '0.3')}`}
          </Button>
        </div>
      )}
    </section>
  )
}

/** `1 : 0.3 : 0.3` */
function ratio(heads: number, others: string): string {
  return ['1', ...Array.from({ length: heads - 1 }, () => others)].join(' : ')
}
