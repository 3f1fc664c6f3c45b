import { useCallback, useState } from 'react'
import { pageOf } from '../../../shared/reference/pages.js'
import { newDocument, openDocument } from '../../stores/document.js'
import { Button } from '../../ui/Button.js'
import { Dialog } from '../../ui/Dialog.js'
import { ReferencePage } from '../reference/ReferencePage.js'
import { EntryCard } from './EntryCard.js'
import { drawnWith, searchEntries, type Entry } from './entries.js'
import { TemplateForm } from './TemplateForm.js'
import { SearchBox } from '../../ui/SearchBox.js'
import './gallery.css'

/** Nets to start from and blocks to try, with their numbers; a template can be adjusted before it is drawn. */
export function Gallery({ onClose }: { readonly onClose: () => void }) {
  const [chosen, setChosen] = useState<Entry | undefined>(() => searchEntries('')[0]?.entries[0])
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>({})
  const choose = useCallback((entry: Entry) => {
    setChosen(entry)
    setValues({})
  }, [])
  const create = useCallback(
    (entry: Entry, given: Readonly<Record<string, unknown>> = {}) => {
      onClose()
      openDocument(drawnWith(entry, given))
    },
    [onClose],
  )
  const empty = () => {
    onClose()
    newDocument()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="New net"
      size="large"
      actions={
        <>
          <Button onPress={empty}>Empty net</Button>
          <Button kind="primary" isDisabled={!chosen} onPress={() => chosen && create(chosen, values)}>
            Create
          </Button>
        </>
      }
    >
      <div className="gallery">
        <Families chosen={chosen} onChoose={choose} onCreate={create} />
        {chosen?.template && (
          <TemplateForm
            key={chosen.name}
            entry={chosen}
            template={chosen.template}
            values={values}
            onChange={setValues}
          />
        )}
        {chosen && !chosen.template && <BlockHelp name={chosen.name} />}
      </div>
    </Dialog>
  )
}

function BlockHelp({ name }: { readonly name: string }) {
  const page = pageOf(name)
  return (
    page && (
      <div className="gallery-form">
        <ReferencePage page={page} />
      </div>
    )
  )
}

interface FamiliesProps {
  readonly chosen: Entry | undefined
  readonly onChoose: (entry: Entry) => void
  readonly onCreate: (entry: Entry) => void
}

function Families({ chosen, onChoose, onCreate }: FamiliesProps) {
  const [search, setSearch] = useState('')
  const groups = searchEntries(search)
  const find = (text: string) => {
    setSearch(text)
    const found = searchEntries(text).flatMap((group) => group.entries)
    if (found[0] && chosen && !found.includes(chosen)) onChoose(found[0])
  }
  return (
    <div className="gallery-families">
      <SearchBox className="gallery-search" label="Search templates and blocks" value={search} onChange={find} />
      {groups.map((group) => (
        <section key={group.family} aria-label={group.family}>
          <h3 className="section-title">{group.family}</h3>
          <ul className="gallery-cards" aria-label={group.family}>
            {group.entries.map((entry) => (
              <li key={entry.name}>
                <EntryCard entry={entry} isChosen={entry === chosen} onChoose={onChoose} onCreate={onCreate} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {groups.length === 0 && <p className="muted">Nothing is called “{search}”.</p>}
    </div>
  )
}
