import { insideOf } from '../../../shared/document/inside.js'
import { ownName } from '../../../shared/document/own-blocks.js'
import { documentPicture } from '../../../shared/pictures/net-picture.js'
import type { Picture } from '../../../shared/pictures/picture.js'
import { analysisOf } from '../../stores/analysis.js'
import { rootDocument } from '../../stores/document.js'

/** The inside of an own block of the shown document as a small picture; `undefined` for all other types. */
export function ownPicture(type: string): Picture | undefined {
  const root = rootDocument()
  const name = ownName(type)
  const inside = root && name !== undefined ? insideOf(root, name) : undefined
  return inside && documentPicture(inside, analysisOf(inside), 'boxes')
}
