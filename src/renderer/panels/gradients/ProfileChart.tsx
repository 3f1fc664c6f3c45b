import { useId, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { heatColour, heatOf, heatScale, type Heat, type HeatScale } from '../../canvas/heat/heat.js'
import { useSelection } from '../../stores/selection.js'
import { grouped } from '../../ui/format.js'
import { useWidth } from '../../ui/useWidth.js'
import { barWords, type Bar } from './bars.js'

/** px that the name of a bar needs below it. */
const NAME = 76

/** Powers of ten that are written at the left, at most. */
const TICKS = 6

export interface ProfileChartProps {
  readonly bars: readonly Bar[]
  /** What the bars measure. */
  readonly label: string
  readonly onChoose: (id: string) => void
}

/** Bars over powers of ten in the colours of the canvas; a list of one choice for the keyboard and for screen readers. */
export function ProfileChart({ bars, label, onChoose }: ProfileChartProps) {
  const list = useRef<HTMLDivElement>(null)
  const key = useId()
  const selected = useSelection((s) => s.nodes)
  const [pointed, setPointed] = useState<number>()
  const [focused, setFocused] = useState(false)
  const scale = heatScale(bars)
  const chosen = bars.findIndex(({ id }) => selected.includes(id))
  const shown = pointed ?? (focused && chosen >= 0 ? chosen : undefined)
  const at = ({ clientX }: { readonly clientX: number }) => {
    const { left, width } = list.current!.getBoundingClientRect()
    return Math.min(bars.length - 1, Math.max(0, Math.floor((bars.length * (clientX - left)) / width)))
  }
  const choose = (index: number) => {
    const bar = bars[index]
    if (bar) onChoose(bar.id)
  }
  return (
    <div className="profile">
      <Scale scale={scale} />
      <div
        ref={list}
        className={bars.length > 160 ? 'profile-bars profile-many' : 'profile-bars'}
        role="listbox"
        aria-label={`${label}, from input to head`}
        aria-orientation="horizontal"
        aria-activedescendant={chosen >= 0 ? `${key}${chosen}` : undefined}
        tabIndex={0}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onPointerMove={(event: PointerEvent) => setPointed(at(event))}
        onPointerLeave={() => setPointed(undefined)}
        onClick={(event) => choose(at(event))}
        onKeyDown={(event) => {
          const to = keyTo(event, chosen, bars.length)
          if (to === undefined) return
          event.preventDefault()
          event.stopPropagation()
          choose(to)
        }}
      >
        {bars.map((bar, index) => (
          <div
            key={bar.id}
            id={`${key}${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            aria-label={`${bar.title}: ${barWords(bar)}`}
            className={index === shown ? 'profile-bar profile-bar-shown' : 'profile-bar'}
          >
            <BarBody heat={heatOf(bar, scale)} />
          </div>
        ))}
      </div>
      <Names bars={bars} chosen={chosen} />
      {shown !== undefined && <Tip bars={bars} index={shown} />}
    </div>
  )
}

function keyTo({ key }: KeyboardEvent, from: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return Math.min(count - 1, from + 1)
    case 'ArrowLeft':
    case 'ArrowUp':
      return from < 0 ? count - 1 : Math.max(0, from - 1)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}

function BarBody({ heat }: { readonly heat: Heat }) {
  if (typeof heat === 'string') return <i className={`heat-${heat}`} />
  return <i style={{ height: `${100 * heat}%`, background: heatColour(heat) }} />
}

function Scale({ scale: { low, high } }: { readonly scale: HeatScale }) {
  const step = Math.ceil((high - low) / TICKS)
  const powers = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => low + i * step)
  return (
    <div className="profile-scale" aria-hidden="true">
      {powers.map((power) => (
        <span key={power} style={{ bottom: `${(100 * (power - low)) / (high - low)}%` }}>
          10<sup>{grouped(power)}</sup>
        </span>
      ))}
    </div>
  )
}

/** As many names as there is room for; that of the selected bar always. */
function Names({ bars, chosen }: { readonly bars: readonly Bar[]; readonly chosen: number }) {
  const place = useRef<HTMLDivElement>(null)
  const width = useWidth(place)
  const every = Math.max(1, Math.ceil((bars.length * NAME) / Math.max(NAME, width)))
  const hidden = (index: number) => chosen >= 0 && index !== chosen && Math.abs(index - chosen) < every
  return (
    <div ref={place} className="profile-names" aria-hidden="true">
      {bars.map(({ id, title }, index) =>
        index === chosen || (index % every === 0 && !hidden(index)) ? (
          <span
            key={id}
            className={index === chosen ? 'profile-name profile-name-on' : 'profile-name'}
            style={{
              left: `${(100 * (index + 0.5)) / bars.length}%`,
              maxWidth: Math.max(NAME, (width * every) / bars.length),
            }}
          >
            {title}
          </span>
        ) : undefined,
      )}
    </div>
  )
}

function Tip({ bars, index }: { readonly bars: readonly Bar[]; readonly index: number }) {
  const bar = bars[index]!
  const share = (index + 0.5) / bars.length
  return (
    <div className="profile-tips" aria-hidden="true">
      <div className={`chart-tip${share > 0.5 ? ' chart-tip-left' : ''}`} style={{ left: `${100 * share}%` }}>
        <b>{bar.title}</b>
        <span className="chart-tip-row">
          {index + 1} of {bars.length}
          <output>{barWords(bar)}</output>
        </span>
      </div>
    </div>
  )
}
