import { createContext, startTransition, useEffect, useState } from 'react'

/** How much of a node can be read: all of it, its name, or only that it is there. */
export type Detail = 'full' | 'names' | 'blocks'

const LEVELS: readonly Detail[] = ['blocks', 'names', 'full']

/** How much of each node is there to be read. */
export const DetailContext = createContext<Detail>('full')

/** Zoom from which all of a node can be read. */
export const READABLE = 0.5

/** How much of a node can be read at a zoom. */
export function detailAt(zoom: number): Detail {
  if (zoom >= READABLE) return 'full'
  return zoom >= 0.22 ? 'names' : 'blocks'
}

/** True if a level has all that another one has. */
export function hasDetail(level: Detail, wanted: Detail): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(wanted)
}

/** The most that could be read so far: nothing is drawn before, and what is drawn stays for the next time. */
export function useDrawnDetail(shown: Detail): Detail {
  const [most, setMost] = useState(shown)
  useEffect(() => startTransition(() => setMost((before) => (hasDetail(before, shown) ? before : shown))), [shown])
  return most
}
