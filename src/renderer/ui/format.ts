/** `1,234,567`; a minus sign is a minus sign. */
export function grouped(value: number): string {
  return value.toLocaleString('en-US').replace('-', '\u2212')
}

/** Three significant digits with a unit prefix: `0`, `842`, `164 k`, `2.81 M`, `15.5 G`. */
export function compact(value: number): string {
  const units = ['', ' k', ' M', ' G', ' T']
  let scaled = value
  let unit = 0
  while (Math.abs(scaled) >= 999.5 && unit < units.length - 1) {
    scaled /= 1000
    unit++
  }
  const digits = unit === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.max(Math.abs(scaled), 1))))
  return `${Number(scaled.toFixed(digits))}${units[unit]}`.replace('-', '\u2212')
}

/** A share of one as percent: `0 %`, `< 0.1 %`, `4.2 %`, `52 %`. */
export function percent(share: number): string {
  const value = share * 100
  if (value === 0) return '0 %'
  if (value < 0.1) return '< 0.1 %'
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} %`
}

/** Sizes inside a text as people write them: `3x3 / 2` → `3×3 / 2`, `anyxanyx3` → `any×any×3`. */
export function withTimes(text: string): string {
  return text.replace(/(?<=\d|\bany|xany)x(?=\d|any)/g, '×')
}

/** The value of a setting for people: `3×3`, `any`, `on`, `Main 1, Aux 1 0.3`, `nothing` where there is none. */
export function valueWords(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (value === null) return 'any'
  if (Array.isArray(value)) return value.map(valueWords).join('×')
  if (typeof value !== 'object') return withTimes(String(value))
  const parts = Object.entries(value).map(([name, part]) => `${words(name)} ${valueWords(part)}`)
  return parts.length > 0 ? parts.join(', ') : 'nothing'
}

/** A name as words: `poolProjection` → `Pool projection`, `reduce_3x3` → `Reduce 3×3`, `aux/head` → `Aux / Head`. */
export function words(name: string): string {
  if (name.includes('/')) return name.split('/').map(words).join(' / ')
  if (name === 'bn') return 'Batch norm'
  const spaced = name
    .replace(/_/g, ' ')
    .replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
    .replace(/(\d)x(\d)/g, '$1×$2')
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

/** A shape for people: `224×224×3`, `any×any×3`, `1000`. */
export function shapeWords(shape: readonly (number | null)[]): string {
  return shape.map((size) => (size === null ? 'any' : String(size))).join('×')
}

/** Three significant digits of a number of any size: `0`, `0.0123`, `4.56`, `7.89e-7`; a minus sign is a minus sign. */
export function scientific(value: number): string {
  const plain = value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e4)
  const text = plain ? String(Number(value.toPrecision(3))) : value.toExponential(2)
  return text.replaceAll('-', '\u2212')
}
