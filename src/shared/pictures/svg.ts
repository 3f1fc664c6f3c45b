import { rounded, type Mark, type Picture } from './picture.js'

/** Colours of a written picture on light and on dark paper: fill, line, text. */
const LIGHT = { paper: '#ffffff', sunken: '#eef0f3', line: '#a9b1be', text: '#1b1f27', quiet: '#4c5564' }
const DARK = { paper: '#1c212b', sunken: '#12161d', line: '#5a6475', text: '#e8ebf1', quiet: '#aab3c2' }
const FAMILIES = {
  io: '#5a6475',
  conv: '#2458d6',
  pool: '#0f7f8f',
  norm: '#6d4bc4',
  act: '#b04a0f',
  merge: '#177245',
  dense: '#8d2f7d',
  head: '#b3261e',
  block: '#39425a',
}

const rules = ({ paper, sunken, line, text, quiet }: typeof LIGHT) =>
  [
    `.back{fill:${sunken}}`,
    `.paper{fill:${paper};stroke:${line}}`,
    `.cell{fill:${paper};stroke:${line}}`,
    `.padding{fill:${sunken};stroke:${line};stroke-dasharray:3 3}`,
    `.wire{fill:none;stroke:${line};stroke-width:2}`,
    `.axis{fill:none;stroke:${line}}`,
    `.title{fill:${text};font:600 13px sans-serif}`,
    `.words{fill:${quiet};font:11px sans-serif}`,
  ].join('')

const STYLE = [
  rules(LIGHT),
  ...Object.entries(FAMILIES).map(([family, colour]) => `.family-${family}{fill:${colour}}`),
  '.window{fill:#2458d6;fill-opacity:.75;stroke:#2458d6}',
  '.next-window{fill:#d1730a;fill-opacity:.3;stroke:#d1730a;stroke-width:2}',
  '.curve{fill:none;stroke:#d1730a;stroke-width:3}',
  `@media (prefers-color-scheme:dark){${rules(DARK)}}`,
].join('')

/** A picture as the text of an SVG file that brings its colours along, for light and dark paper. */
export function svgOf({ title, frame, marks }: Picture): string {
  const { x, y, width, height } = frame
  const box = [x, y, width, height].map(rounded).join(' ')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${rounded(width)}" height="${rounded(height)}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="back" x="${rounded(x)}" y="${rounded(y)}" width="${rounded(width)}" height="${rounded(height)}" rx="8"/>`,
    ...marks.map(element),
    '</svg>',
    '',
  ].join('\n')
}

function element(mark: Mark): string {
  if (mark.kind === 'path') return `<path class="${mark.look}" d="${mark.path}"/>`
  if (mark.kind === 'box') {
    const { x, y, width, height, look } = mark
    const corner = Math.min(width, height) > 24 ? ' rx="6"' : ''
    return `<rect class="${look}" x="${rounded(x)}" y="${rounded(y)}" width="${width}" height="${height}"${corner}/>`
  }
  const anchor = mark.anchor ? ` text-anchor="${mark.anchor}"` : ''
  return `<text class="${mark.look}" x="${rounded(mark.x)}" y="${rounded(mark.y)}"${anchor}>${escaped(mark.text)}</text>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
