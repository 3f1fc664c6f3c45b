import { CircleCheck } from 'lucide-react'
import { useMemo } from 'react'
import { defaultsOf } from '../../../shared/layers/fields.js'
import type { Template } from '../../../shared/templates/define.js'
import { paperText } from '../../../shared/papers.js'
import { paperCheck } from '../../../shared/templates/paper-check.js'
import { analysisOf } from '../../stores/analysis.js'
import { grouped, shapeWords } from '../../ui/format.js'
import { FieldForm } from '../inspector/FieldForm.js'
import { Figures } from '../inspector/Figures.js'
import { drawnWith, type Entry } from './entries.js'
import { workWords } from '../inspector/work.js'

export interface TemplateFormProps {
  readonly entry: Entry
  /** Its template. */
  readonly template: Template
  /** What differs from the defaults. */
  readonly values: Readonly<Record<string, unknown>>
  readonly onChange: (values: Readonly<Record<string, unknown>>) => void
}

/** Settings of a template and the numbers of the net that it would draw. */
export function TemplateForm({ entry, template, values, onChange }: TemplateFormProps) {
  const { analysis, check } = useMemo(() => {
    const document = drawnWith(entry, values)
    return { analysis: analysisOf(document), check: paperCheck(document, analysisOf(document)) }
  }, [entry, values])
  const all = { ...defaultsOf(template.params), ...values }
  const match = check?.kind === 'match' ? check.published : undefined
  return (
    <section className="gallery-form" aria-label={`Settings of ${template.title}`}>
      <h3 className="gallery-title">{template.title}</h3>
      <p className="muted">{template.doc}</p>
      {template.source && <p className="muted">From {paperText(template.source)}.</p>}
      <FieldForm
        fields={template.params}
        values={all}
        onChange={(name, value) => onChange({ ...values, [name]: value })}
      />
      <Figures
        title="Numbers"
        rows={[
          ['Input', analysis.input && shapeWords(analysis.input.shape)],
          ['Heads', grouped(analysis.heads.length)],
          ['Parameters', grouped(analysis.parameters.total)],
          ['Multiply-adds', workWords(analysis.multiplyAdds, analysis.anySize !== undefined)],
          ['Layers, blocks opened', grouped(analysis.graph.nodes.length)],
        ]}
      />
      {match && (
        <p className="gallery-match">
          <CircleCheck size={16} strokeWidth={1.5} />
          Same numbers as {match.source}
        </p>
      )}
    </section>
  )
}
