import { useState } from 'react'
import type { SkippedFile } from '../../../shared/training/events.js'
import { Button } from '../../ui/Button.js'
import { Dialog } from '../../ui/Dialog.js'
import { grouped } from '../../ui/format.js'
import { Callout } from '../training/Callout.js'
import { ScrollArea } from '../training/ScrollArea.js'

/** A list of more would hold the window. */
const MOST_SHOWN = 500

/** Files that could not be read: named, not fatal. */
export function Skipped({ files }: { readonly files: readonly SkippedFile[] }) {
  const [open, setOpen] = useState(false)
  const words = files.length === 1 ? '1 file was left out.' : `${grouped(files.length)} files were left out.`
  return (
    <>
      <Callout
        kind="warning"
        message={words}
        hint="Training uses all others."
        action={<Button onPress={() => setOpen(true)}>Show files</Button>}
      />
      <Dialog title="Files left out" isOpen={open} onClose={() => setOpen(false)} size="medium">
        <p className="muted">{words} Mend or remove them to have them in the next run.</p>
        <ScrollArea label="Names and reasons" className="skipped">
          <ul className="skipped-list">
            {files.slice(0, MOST_SHOWN).map(({ file, reason }) => (
              <li key={file}>
                <span className="mono">{file}</span> <span className="muted">{reason}</span>
              </li>
            ))}
            {files.length > MOST_SHOWN && <li className="muted">and {grouped(files.length - MOST_SHOWN)} more</li>}
          </ul>
        </ScrollArea>
      </Dialog>
    </>
  )
}
