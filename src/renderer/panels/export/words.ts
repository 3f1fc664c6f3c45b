import type { ExportReport } from '../../../shared/api.js'

/** `largest difference 3.0e-7 over 32 images, checked with ONNX Runtime 1.30`, as a sentence. */
export function checkWords({ largestDifference, images, judge }: ExportReport): string {
  const over = `over ${images} ${images === 1 ? 'image' : 'images'}`
  return `Largest difference ${differenceWords(largestDifference)} ${over}, checked with ${judge}.`
}

/** Which layers the file goes without, the first few by name; `''` if none. */
export function droppedWords(dropped: readonly string[]): string {
  if (dropped.length === 0) return ''
  const named = dropped.slice(0, 3).join(', ')
  const more = dropped.length > 3 ? ` and ${dropped.length - 3} more` : ''
  return `Left out, because these outputs do not need it after training: ${named}${more}.`
}

/** `3.0e-7`; a minus sign is a minus sign. */
export function differenceWords(difference: number): string {
  return difference === 0 ? '0' : difference.toExponential(1).replace('-', '\u2212')
}

/** `812 B`, `1.2 kB`, `24 MB`, in thousands. */
export function bytesWords(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB']
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}
