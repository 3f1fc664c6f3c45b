import { useCallback, useState } from 'react'
import { buildTemplate, type Template } from '../../../shared/templates/define.js'
import { templates } from '../../../shared/templates/index.js'
import { newDocument, openDocument } from '../../stores/document.js'
import { Button } from '../../ui/Button.js'
import { Dialog } from '../../ui/Dialog.js'
import { searchTemplates } from './search.js'
import { TemplateCard } from './TemplateCard.js'
import { TemplateForm } from './TemplateForm.js'
import { SearchBox } from '../../ui/SearchBox.js'
import './gallery.css'

/** Nets to start from, by family and with their numbers; what is chosen can be adjusted before it is drawn. */
export function Gallery({ onClose }: { readonly onClose: () => void }) {
  const [chosen, setChosen] = useState<Template | undefined>(templates[0])
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>({})
  const choose = useCallback((template: Template) => {
    setChosen(template)
    setValues({})
  }, [])
  const create = useCallback(
    (template: Template, given: Readonly<Record<string, unknown>> = {}) => {
      onClose()
      openDocument(buildTemplate(template, given))
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
        {chosen && <TemplateForm key={chosen.name} template={chosen} values={values} onChange={setValues} />}
      </div>
    </Dialog>
  )
}

interface FamiliesProps {
  readonly chosen: Template | undefined
  readonly onChoose: (template: Template) => void
  readonly onCreate: (template: Template) => void
}

function Families({ chosen, onChoose, onCreate }: FamiliesProps) {
  const [search, setSearch] = useState('')
  const groups = searchTemplates(search)
  const find = (text: string) => {
    setSearch(text)
    const found = searchTemplates(text).flatMap((group) => group.templates)
    if (found[0] && chosen && !found.includes(chosen)) onChoose(found[0])
  }
  return (
    <div className="gallery-families">
      <SearchBox className="gallery-search" label="Search templates" value={search} onChange={find} />
      {groups.map((group) => (
        <section key={group.family} aria-label={group.family}>
          <h3 className="section-title">{group.family}</h3>
          <ul className="gallery-cards" aria-label={group.family}>
            {group.templates.map((template) => (
              <li key={template.name}>
                <TemplateCard
                  template={template}
                  isChosen={template === chosen}
                  onChoose={onChoose}
                  onCreate={onCreate}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {groups.length === 0 && <p className="muted">No template is called “{search}”.</p>}
    </div>
  )
}
