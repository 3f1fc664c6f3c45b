import { fitOf, type Fit, type MemoryEstimate, type MemoryRoom } from '../../../shared/training/memory-need.js'
import { bytesWords } from '../export/words.js'

export const FIT_WORDS: Readonly<Record<Fit, string>> = {
  fits: 'Fits',
  tight: 'Tight',
  'too-large': 'Does not fit',
  unknown: '',
}

export const BASIS_WORDS: Readonly<Record<MemoryEstimate['basis'], string>> = {
  estimated: 'Estimated from the net; the exact number follows.',
  traced: 'From the traced training step.',
  measured: 'As measured when this net was trained last.',
}

/** `1.4 GB of 15 GB free`; `about 1.4 GB` before it is known from the step. */
export function needWords({ needed, basis, total, free = total }: MemoryEstimate): string {
  const need = `${basis === 'estimated' ? 'about ' : ''}${bytesWords(needed)}`
  return free === undefined ? `${need} needed` : `${need} of ${bytesWords(free)} free`
}

/** `Memory: 1.4 GB of 15 GB free. Fits.` */
export function memorySentence(estimate: MemoryEstimate): string {
  const fit = FIT_WORDS[fitOf(estimate.needed, estimate)]
  return `Memory: ${needWords(estimate)}.${fit === '' ? '' : ` ${fit}.`}`
}

/** Shares of a bar as wide as the free memory, or the need where that is more. */
export function shares(parts: readonly number[], { total, free = total }: MemoryRoom): readonly number[] {
  const sum = parts.reduce((all, part) => all + part, 0)
  const whole = Math.max(free ?? sum, sum)
  return parts.map((part) => (whole > 0 ? part / whole : 0))
}
