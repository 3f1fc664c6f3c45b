import { setTraining, type Command } from '../../../shared/document/commands.js'
import { emptyDocument, type Document } from '../../../shared/document/document.js'
import { setAt, settingPlace } from '../../../shared/document/setting-place.js'
import type { Analysis } from '../../../shared/graph/graph.js'
import { analysisOf } from '../../stores/analysis.js'
import { editRoot, useRoot } from '../../stores/document.js'

/** The net of the shown document. */
export interface Net {
  readonly document: Document
  readonly analysis: Analysis
  readonly isOpen: boolean
}

const NOTHING = emptyDocument()

/** The shown document with its analysis; an empty one while none is open. */
export function useNet(): Net {
  const shown = useRoot()
  const document = shown ?? NOTHING
  return { document, analysis: analysisOf(document), isOpen: shown !== undefined }
}

/** Give heads their loss weights, in their nodes, where the canvas shows them; changes of one slider are one undo step. */
export function setHeadWeights(weights: Readonly<Record<string, number>>, burst: string): void {
  editRoot(headWeights(weights), burst)
}

/**
 * The weights stand in the nodes of the heads, or with the use of the block that shows them; settings that said otherwise
 * are dropped, so that there is one truth. A head whose weight is the same keeps it as it was typed.
 */
export function headWeights(weights: Readonly<Record<string, number>>): Command {
  return (document) => {
    const known = new Map(analysisOf(document).heads.map(({ id, weight }) => [id, weight]))
    const edited = Object.entries(weights).reduce((d, [id, weight]) => {
      const place = known.get(id) === weight ? undefined : settingPlace(d, id, 'weight')
      return place ? setAt(place, weight)(d) : d
    }, document)
    return edited.training['headWeights'] === undefined ? edited : setTraining({ headWeights: {} })(edited)
  }
}
