import { useState } from 'react'
import type { SkippedFile } from '../../../shared/training/events.js'
import { Button } from '../../ui/Button.js'
import { Dialog } from '../../ui/Dialog.js'
import { grouped } from '../../ui/format.js'
import { Callout } from '../training/Callout.js'
import { ScrollArea } from '../training/ScrollArea.js'

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
            {files.map(({ file, reason }) => (
              <li key={file}>
                <span className="mono">{file}</span> <span className="muted">{reason}</span>
              </li>
            ))}
          </ul>
        </ScrollArea>
      </Dialog>
    </>
  )
}
