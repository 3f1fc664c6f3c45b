import { parse } from '../../../shared/document/file.js'
import type { TrainingEvent } from '../../../shared/training/events.js'
import { imagesAtOnce } from '../../../shared/training/memory-need.js'
import type { Request } from './choose.js'
import { knownPeaks, memoryKey } from './known.js'

/** Numbers of images that are remembered of a net. */
const KEPT = 4

/** Listens to the events of a training, and keeps the most memory that its trainer has had for the next estimate. */
export function rememberPeaks(home: string, { document, settings }: Request) {
  const images = imagesAtOnce(settings)
  let device = ''
  let kept = Promise.resolve()
  const keep = async (peak: number) => {
    const book = knownPeaks(home)
    const key = memoryKey(parse(document), settings, device)
    const others = ((await book.find(key)) ?? []).filter((known) => known.images !== images)
    await book.keep(key, [...others, { images, peak }].slice(-KEPT))
  }
  return (events: readonly TrainingEvent[]): void => {
    for (const event of events) {
      if (event.type === 'start') device = event.device
      if (event.type === 'memory') kept = kept.then(() => keep(event.peak)).catch(() => undefined)
    }
  }
}
