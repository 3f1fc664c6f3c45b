import { useDeferredValue, useState } from 'react'
import { buildTemplate, FAMILIES, type Template } from '../../../shared/templates/define.js'
import { templates } from '../../../shared/templates/index.js'
import { analysisOf } from '../../stores/analysis.js'
import { newDocument, openDocument } from '../../stores/document.js'
import { Button } from '../../ui/Button.js'
import { Dialog } from '../../ui/Dialog.js'
import { compact } from '../../ui/format.js'
import { built } from './built.js'
import { TemplateForm } from './TemplateForm.js'
import { Thumbnail } from './Thumbnail.js'
import './gallery.css'

/** Nets to start from, with their numbers; what is chosen can be adjusted before it is drawn. */
export function Gallery({ onClose }: { readonly onClose: () => void }) {
  const [chosen, setChosen] = useState<Template | undefined>(templates[0])
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>({})
  // The window opens with the first families; the numbers of the others are worked out behind it, card by card.
  const families = useDeferredValue<readonly string[]>(FAMILIES, FAMILIES.slice(0, 2))
  const choose = (template: Template) => {
    setChosen(template)
    setValues({})
  }
  const create = (template: Template, given: Readonly<Record<string, unknown>>) => {
    onClose()
    openDocument(buildTemplate(template, given))
  }
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
        <div className="gallery-families">
          {families.map((family) => (
            <section key={family} aria-label={family}>
              <h3 className="section-title">{family}</h3>
              <ul className="gallery-cards" aria-label={family}>
                {templates
                  .filter((template) => template.family === family)
                  .map((template) => (
                    <li key={template.name}>
                      <TemplateCard
                        template={template}
                        isChosen={template === chosen}
                        onChoose={() => choose(template)}
                        onCreate={() => create(template, {})}
                      />
                    </li>
                  ))}
              </ul>
            </section>
          ))}
        </div>
        {chosen && <TemplateForm key={chosen.name} template={chosen} values={values} onChange={setValues} />}
      </div>
    </Dialog>
  )
}

interface CardProps {
  readonly template: Template
  readonly isChosen: boolean
  readonly onChoose: () => void
  readonly onCreate: () => void
}

function TemplateCard({ template, isChosen, onChoose, onCreate }: CardProps) {
  const document = built(template)
  const { parameters, multiplyAdds, heads } = analysisOf(document)
  return (
    <button
      type="button"
      className={`card${isChosen ? ' card-on' : ''}`}
      aria-pressed={isChosen}
      aria-label={template.title}
      onClick={onChoose}
      onDoubleClick={onCreate}
    >
      <Thumbnail document={document} />
      <span className="card-title">{template.title}</span>
      <span className="card-numbers">
        <span>{compact(parameters.total)} parameters</span>
        <span>{compact(multiplyAdds)} multiply-adds</span>
        {heads.length > 1 && <span>{heads.length} heads</span>}
      </span>
      <span className="card-doc">{template.doc}</span>
    </button>
  )
}
