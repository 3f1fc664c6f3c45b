import { useState } from 'react'
import { renameNode } from '../../../shared/document/commands.js'
import { isNodeId, type Document } from '../../../shared/document/document.js'
import { edit } from '../../stores/document.js'
import { select } from '../../stores/selection.js'
import { NameRow } from './NameRow.js'

/** The node's id: the name of its layer and weights everywhere, also in exported files. */
export function NameField({ id, document }: { readonly id: string; readonly document: Document }) {
  const [draft, setDraft] = useState<string>()
  const problem = draft === undefined ? undefined : nameProblem(draft, id, document)
  const commit = () => {
    if (draft === undefined || problem !== undefined) return
    setDraft(undefined)
    if (draft === id) return
    edit(renameNode(id, draft))
    select([draft])
  }
  return (
    <NameRow
      title="Name"
      about="Name of the layer and of its weights, also in exported files."
      label="Name"
      mono
      value={draft ?? id}
      onChange={setDraft}
      onBlur={commit}
      onEnter={commit}
      onEscape={() => setDraft(undefined)}
      problem={problem}
    />
  )
}

/** What is wrong with a new id, in words. */
export function nameProblem(name: string, id: string, document: Document): string | undefined {
  if (name === id) return undefined
  if (name === '') return 'A node needs a name.'
  if (!isNodeId(name)) return 'Small letters, digits and _ only, a letter first.'
  if (Object.hasOwn(document.nodes, name)) return `There is a node ${name} already.`
  return undefined
}
