import type { Action } from '../../actions.js'
import { closeDialog, useView } from '../../stores/view.js'
import { RemoveBlockDialog, ReplaceBlockDialog } from '../blocks/LibraryDialogs.js'
import { MakeBlockDialog } from '../blocks/MakeBlockDialog.js'
import { CompareDialog } from '../compare/CompareDialog.js'
import { CompareRunsDialog } from '../compare/CompareRunsDialog.js'
import { EngineDialog } from '../engine/EngineDialog.js'
import { Gallery } from '../gallery/Gallery.js'
import { AboutDialog } from './AboutDialog.js'
import { ChangedDialog } from './ChangedDialog.js'
import { OpenDialog } from './OpenDialog.js'
import { SaveAsDialog } from './SaveAsDialog.js'
import { ShortcutsDialog } from './ShortcutsDialog.js'
import { UnsavedDialog } from './UnsavedDialog.js'

/** The one dialog that is open. */
export function Dialogs({ actions }: { readonly actions: readonly Action[] }) {
  const dialog = useView((s) => s.dialog)
  switch (dialog?.kind) {
    case undefined:
      return undefined
    case 'gallery':
      return <Gallery onClose={closeDialog} />
    case 'open':
      return <OpenDialog onClose={closeDialog} />
    case 'save-as':
      return <SaveAsDialog tabKey={dialog.key} thenClose={dialog.thenClose ?? false} onClose={closeDialog} />
    case 'unsaved':
      return <UnsavedDialog tabKey={dialog.key} onClose={closeDialog} />
    case 'changed-on-disk':
      return <ChangedDialog tabKey={dialog.key} onClose={closeDialog} />
    case 'shortcuts':
      return <ShortcutsDialog actions={actions} onClose={closeDialog} />
    case 'make-block':
      return <MakeBlockDialog onClose={closeDialog} />
    case 'replace-block':
      return <ReplaceBlockDialog name={dialog.name} onClose={closeDialog} />
    case 'remove-block':
      return <RemoveBlockDialog entry={dialog.entry} onClose={closeDialog} />
    case 'compare':
      return <CompareDialog tabKey={dialog.key} onClose={closeDialog} />
    case 'compare-runs':
      return <CompareRunsDialog before={dialog.before} after={dialog.after} onClose={closeDialog} />
    case 'engine':
      return <EngineDialog onClose={closeDialog} />
    case 'about':
      return <AboutDialog onClose={closeDialog} />
  }
}
