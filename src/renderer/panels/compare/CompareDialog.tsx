import { useMemo } from 'react'
import { compareDocuments } from '../../../shared/compare/compare.js'
import { documents, type OpenDocument } from '../../stores/document.js'
import { Dialog } from '../../ui/Dialog.js'
import { ScrollArea } from '../training/ScrollArea.js'
import { NetDifferences } from './NetDifferences.js'

/** What was changed in a document since it was opened or saved. */
export function CompareDialog({ tabKey, onClose }: { readonly tabKey: string; readonly onClose: () => void }) {
  const tab = documents.getState().open.find(({ key }) => key === tabKey)
  if (!tab) return undefined
  return <OfTab tab={tab} onClose={onClose} />
}

function OfTab({ tab, onClose }: { readonly tab: OpenDocument; readonly onClose: () => void }) {
  const { clean, history } = tab
  const net = useMemo(() => compareDocuments(clean, history.present), [clean, history.present])
  const title = `${history.present.name}: what has changed`
  return (
    <Dialog isOpen onClose={onClose} title={title} size="medium">
      <ScrollArea label="What differs">
        <NetDifferences net={net} titles={{ before: tab.stored ? 'Saved' : 'Opened', after: 'Now' }} />
      </ScrollArea>
    </Dialog>
  )
}
