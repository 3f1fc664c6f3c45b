import { pageOf } from '../../shared/reference/pages.js'
import { ownPicture } from './blocks/picture.js'
import { PictureView } from '../ui/PictureView.js'
import { Prose } from '../ui/Prose.js'
import { entryOf, shownOf } from './gallery/entries.js'
import './reference/reference.css'

/** What a layer or block does, with its picture, and what a block costs at a usual size. */
export function PaletteTip({ type, doc }: { readonly type: string; readonly doc: string }) {
  const entry = entryOf(type)
  const shown = entry && shownOf(entry)
  const picture = shown?.picture ?? pageOf(type)?.picture ?? ownPicture(type)
  return (
    <>
      {picture && <PictureView picture={picture} className="palette-picture" decorative />}
      <p>
        <Prose text={doc || 'A block of your own. Open it to say what it does.'} />
      </p>
      {shown && <p className="palette-numbers">{shown.numbers.join(' · ')}</p>}
    </>
  )
}
