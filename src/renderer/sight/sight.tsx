import { openShape } from '../../shared/graph/any-size/any-size.js'
import type { Analysis, ReceptiveField } from '../../shared/graph/graph.js'
import { seenAt, strideText } from '../../shared/graph/sight.js'
import { isImage, type Shape } from '../../shared/layers/shapes.js'
import { intensityOf } from '../../shared/program/memory.js'
import { percent, shapeWords } from '../ui/format.js'
import './sight.css'

type Row = readonly [name: string, value: string | undefined]

/** What a layer sees of the image, how far apart, and how much of that is padding, as rows of figures. */
export function sightRows(analysis: Analysis, path: string): readonly Row[] {
  const field = analysis.receptiveFields.get(path)
  const padding = analysis.nodes[path]?.padding ?? 0
  if (field === undefined || field === 'all') return [['Receptive field', field && 'whole image']]
  return [
    ['Receptive field', `${pair(field, ({ size }) => size)} px`],
    ['Effective stride', `${strideText(field)} px`],
    ['Padding in its windows', padding > 0 ? percent(padding) : undefined],
  ]
}

/** Operations for each byte that some layers move, for a batch. */
export function intensityRow(analysis: Analysis, paths: readonly string[], batch: number): Row {
  const intensity = intensityOf(
    paths.flatMap((path) => analysis.nodes[path] ?? []),
    batch,
  )
  return ['Operations per byte', intensity === undefined ? undefined : intensity.toFixed(intensity < 10 ? 1 : 0)]
}

/** A shape in words; open sides as functions of the image's height H and width W. */
export function shapeIn({ anySize }: Analysis, path: string | undefined, shape: Shape, exact = false): string {
  const open = anySize && path !== undefined ? openShape(anySize, path, shape, exact) : undefined
  return open ? open.join('×') : shapeWords(shape)
}

function pair(field: Exclude<ReceptiveField, 'all'>, of: (sight: (typeof field)[0]) => number): string {
  const [rows, columns] = field.map(of)
  return `${rows}×${columns}`
}

/** Rows and columns of the image, from and to, that one place in the middle of a layer sees; missing where it is not known. */
function seenBy(analysis: Analysis, path: string, [height, width]: readonly [number, number]) {
  const field = analysis.receptiveFields.get(path)
  const output = analysis.nodes[path]?.output
  if (!field || !output) return undefined
  if (field === 'all') return { rows: [0, height], columns: [0, width], words: 'the whole image' } as const
  if (!isImage(output)) return undefined
  const [rows, columns] = [0, 1].map((side) => {
    const seen = seenAt(field[side]!, Math.floor((output[side] ?? 1) / 2))
    return seen ? ([seen[0], seen[1] + 1] as const) : ([0, 0] as const)
  }) as [readonly [number, number], readonly [number, number]]
  return { rows, columns, words: `${rows[1] - rows[0]}×${columns[1] - columns[0]} px` }
}

/** Height and width of the image that a net takes, px; missing while one is open. */
function imageOf({ input }: Analysis): readonly [height: number, width: number] | undefined {
  const [height, width] = input?.shape ?? []
  return height == null || width == null ? undefined : [height, width]
}

/** What a layer sees of the image in two short lines: `45×45 px`, `of 224×224`. */
export function sightWords(analysis: Analysis, path: string): readonly string[] {
  const image = imageOf(analysis)
  const seen = image && seenBy(analysis, path, image)
  return seen ? [seen.words, `of ${image.join('×')}`] : []
}

/** Whether there is a picture of what a layer sees of the image: the input itself needs none. */
export function isSeen(analysis: Analysis, path: string): boolean {
  const image = imageOf(analysis)
  return image !== undefined && path !== analysis.input?.id && seenBy(analysis, path, image) !== undefined
}

/** The image with what one place in the middle of a layer sees of it, to scale. */
export function SightPicture({ analysis, path }: { readonly analysis: Analysis; readonly path: string }) {
  const image = imageOf(analysis)
  const seen = image && seenBy(analysis, path, image)
  if (!image || !seen || path === analysis.input?.id) return undefined
  const [height, width] = image
  const scale = LARGEST / Math.max(height, width)
  const [[top, bottom], [left, right]] = [seen.rows, seen.columns]
  const inside = (value: number, most: number) => Math.min(Math.max(value, 0), most) * scale
  return (
    <svg
      className="sight"
      width={width * scale}
      height={height * scale}
      role="img"
      aria-label={`Of the ${height}×${width} image, a place in the middle sees ${seen.words}`}
    >
      <rect className="sight-image" x="0.5" y="0.5" width={width * scale - 1} height={height * scale - 1} rx="2" />
      <rect
        className="sight-field"
        x={inside(left, width)}
        y={inside(top, height)}
        width={Math.max(inside(right, width) - inside(left, width), 1)}
        height={Math.max(inside(bottom, height) - inside(top, height), 1)}
      />
    </svg>
  )
}

/** Longer side of the picture, px. */
const LARGEST = 72
