import type { Kind } from '../../shared/document/kinds.js'
import { ownName } from '../../shared/document/own-blocks.js'
import type { Family } from '../../shared/layers/define.js'

export interface Group {
  readonly title: string
  readonly kinds: readonly Kind[]
}

/** Headings of the palette, as a student would look for them. */
const HEADINGS: readonly (readonly [title: string, families: readonly Family[]])[] = [
  ['Input & heads', ['io', 'head']],
  ['Convolution', ['conv']],
  ['Pooling', ['pool']],
  ['Merge', ['merge']],
  ['Norm & activation', ['norm', 'act']],
  ['Dense & shape', ['dense']],
  ['Blocks', ['block']],
]

/** The heading of the user's own blocks. */
export const OWN = 'My blocks'

/** The palette: every kind whose title, type or heading has all words of the search; own blocks come last. */
export function searchKinds(
  search: string,
  kinds: readonly Kind[],
  fits: (kind: Kind) => boolean = () => true,
): readonly Group[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  const group = (title: string, belongs: (kind: Kind) => boolean): Group => ({
    title,
    kinds: kinds.filter((kind) => belongs(kind) && fits(kind) && matches(kind, title, wanted)),
  })
  return [
    ...HEADINGS.map(([title, families]) => group(title, (kind) => !isOwn(kind) && families.includes(kind.family))),
    group(OWN, isOwn),
  ].filter((found) => found.kinds.length > 0)
}

function isOwn({ type }: Kind): boolean {
  return ownName(type) !== undefined
}

function matches(kind: Kind, heading: string, wanted: readonly string[]): boolean {
  const text = `${kind.title} ${kind.type} ${heading}`.toLowerCase()
  return wanted.every((word) => text.includes(word))
}

/** What a search finds as one list: titles that begin with it first, then words that do. */
export function rankKinds(
  search: string,
  kinds: readonly Kind[],
  fits: (kind: Kind) => boolean = () => true,
): readonly Kind[] {
  const text = search.trim().toLowerCase()
  const rank = ({ title }: Kind) => {
    const name = title.toLowerCase()
    if (name.startsWith(text)) return 0
    return name.split(' ').some((word) => word.startsWith(text)) ? 1 : 2
  }
  const found = searchKinds(search, kinds, fits).flatMap((group) => group.kinds)
  return text === '' ? found : [...found].sort((a, b) => rank(a) - rank(b))
}
