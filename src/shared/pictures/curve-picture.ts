import { framed, rounded, type Mark, type Picture } from './picture.js'

/** Units of x and y that are shown on each side of 0. */
const REACH = 4
/** Px of one unit. */
const UNIT = 28

/** The curve of a function of one number, from -4 to 4. */
export function curvePicture(title: string, f: (x: number) => number): Picture {
  const at = (x: number, y: number) => [x * UNIT, -y * UNIT] as const
  const edge = REACH * UNIT
  const points = Array.from({ length: 161 }, (_, i) => (i - 80) / 20)
    .map((x) => [x, f(x)] as const)
    .filter(([, y]) => Math.abs(y) <= REACH)
  const path = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${at(x, y).map(rounded).join(' ')}`).join('')
  const marks: Mark[] = [
    { kind: 'box', look: 'paper', x: -edge, y: -edge, width: 2 * edge, height: 2 * edge },
    { kind: 'path', look: 'axis', path: `M${-edge} 0H${edge}M0 ${-edge}V${edge}` },
    ...[-REACH, -2, 2, REACH].flatMap((n): Mark[] => [
      { kind: 'path', look: 'axis', path: `M${n * UNIT} -3v6M-3 ${-n * UNIT}h6` },
    ]),
    { kind: 'words', look: 'words', x: 2 * UNIT, y: 16, text: '2', anchor: 'middle' },
    { kind: 'words', look: 'words', x: -8, y: -2 * UNIT + 4, text: '2', anchor: 'end' },
    { kind: 'path', look: 'curve', path },
  ]
  return framed(`The curve of ${title}`, marks)
}
