import { CANVAS_KEYS, type Action } from '../../actions.js'
import { Dialog } from '../../ui/Dialog.js'
import { keysText } from '../../ui/keys.js'
import './dialogs.css'

const GROUPS = ['Documents', 'Editing', 'Canvas', 'Window'] as const

/** Every key there is, by group. */
export function ShortcutsDialog({
  actions,
  onClose,
}: {
  readonly actions: readonly Action[]
  readonly onClose: () => void
}) {
  return (
    <Dialog isOpen onClose={onClose} title="Keyboard shortcuts" size="medium">
      <div className="shortcuts">
        {GROUPS.map((group) => (
          <section key={group} aria-label={group}>
            <h3 className="section-title">{group}</h3>
            <dl>
              {actions
                .filter((action) => action.group === group && action.keys[0] !== undefined)
                .map((action) => (
                  <Line key={action.id} title={action.title} keys={keysText(action.keys[0] ?? '')} />
                ))}
            </dl>
          </section>
        ))}
        <section aria-label="Pointer and keys on the canvas">
          <h3 className="section-title">Pointer and keys on the canvas</h3>
          <dl>
            {CANVAS_KEYS.map(([title, keys]) => (
              <Line key={title} title={title} keys={keys.replace('$mod', keysText('$mod'))} />
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  )
}

function Line({ title, keys }: { readonly title: string; readonly keys: string }) {
  return (
    <div className="shortcut">
      <dt>{title}</dt>
      <dd className="keys">{keys}</dd>
    </div>
  )
}
