import { useState } from 'react'
import { freeBlockName } from '../../../shared/document/block-edits.js'
import type { Exposure } from '../../../shared/document/exposures.js'
import { exposuresOfSelection, makeSelectedBlock } from '../../stores/blocks.js'
import { rootDocument } from '../../stores/document.js'
import { useSelection } from '../../stores/selection.js'
import { Button } from '../../ui/Button.js'
import { Dialog } from '../../ui/Dialog.js'
import { TextField } from '../../ui/TextField.js'
import { ExposureList } from './ExposureList.js'
import './blocks.css'

/** Asks what a block made of the selected nodes is called, and which of their parameters it shows outside. */
export function MakeBlockDialog({ onClose }: { readonly onClose: () => void }) {
  const count = useSelection((s) => s.nodes.length)
  const [title, setTitle] = useState('Block')
  const [exposures] = useState(exposuresOfSelection)
  const [chosen, setChosen] = useState<readonly Exposure[]>([])
  const problem = title.trim() === '' ? 'A block needs a name.' : undefined
  const name = freeBlockName(rootDocument() ?? { blocks: {} }, title)
  const make = () => {
    if (problem !== undefined) return
    onClose()
    makeSelectedBlock(title.trim(), chosen)
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Make block"
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" isDisabled={problem !== undefined} onPress={make}>
            Make block
          </Button>
        </>
      }
    >
      <div className="make-block">
        <TextField focusFirst label="Name" value={title} onChange={setTitle} onEnter={make} problem={problem} />
        <p className="make-block-note">
          {count === 1 ? 'One node becomes' : `${count} nodes become`} one; its layers are called{' '}
          <span className="mono">{name}/…</span>
        </p>
        <ExposureList exposures={exposures} chosen={chosen} onChange={setChosen} />
      </div>
    </Dialog>
  )
}
