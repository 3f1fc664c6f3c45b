import { FolderOpen, ImageOff } from 'lucide-react'
import type { DataSummary } from '../../../shared/api.js'
import { useLoaded } from '../../stores/cache.js'
import { dataKey, useServices } from '../../stores/services.js'
import { Button } from '../../ui/Button.js'
import { EmptyState } from '../../ui/EmptyState.js'
import { grouped, shapeWords } from '../../ui/format.js'
import { Callout } from '../training/Callout.js'
import { DataSelect } from '../training/DataSelect.js'
import { ScrollArea } from '../training/ScrollArea.js'
import { useNet } from '../training/net.js'
import { useSettingsOf } from '../training/useTraining.js'
import { ClassBars } from './ClassBars.js'
import { fitWords } from './fit-words.js'
import { Skipped } from './Skipped.js'
import './data.css'

/** What the chosen data holds: classes and their balance, sizes, a few images, and files that were left out. */
export function DataPanel() {
  const { settings, change } = useSettingsOf()
  const cache = useServices().data
  const key = dataKey(settings.data, settings.validationShare)
  const data = useLoaded(cache, key)
  return (
    <div className="dock-panel">
      {data.state === 'ready' && data.value.skipped.length > 0 && <Skipped files={data.value.skipped} />}
      {data.state === 'failed' && (
        <Callout
          kind="error"
          message={data.error.message}
          hint={data.error.hint}
          action={<Button onPress={() => cache.again(key)}>Read again</Button>}
        />
      )}
      <div className="dock-body">
        <div className="data-side">
          <DataSelect settings={settings} onChange={(part) => change(part, 'training/data')} />
          {data.state === 'ready' && <Facts data={data.value} />}
        </div>
        {data.state === 'loading' && <EmptyState icon={FolderOpen} title="Reading the data" />}
        {data.state === 'ready' && <Contents data={data.value} />}
      </div>
    </div>
  )
}

function Facts({ data }: { readonly data: DataSummary }) {
  const { analysis } = useNet()
  const note = analysis.input && fitWords(data.shape, analysis.input.shape)
  return (
    <>
      <dl className="data-facts">
        <dt>Images</dt>
        <dd>{shapeWords(data.shape)}</dd>
        <dt>Classes</dt>
        <dd>{grouped(data.classes.length)}</dd>
        <dt>Training</dt>
        <dd>{grouped(data.train)}</dd>
        <dt>Validation</dt>
        <dd>{grouped(data.validation)}</dd>
      </dl>
      {note && <p className="data-note">{note}</p>}
    </>
  )
}

function Contents({ data }: { readonly data: DataSummary }) {
  return (
    <>
      <section className="data-classes" aria-label="Classes">
        <h2 className="section-title">Training images by class</h2>
        <ScrollArea label="Images of each class">
          <ClassBars classes={data.classes} counts={data.perClass} />
        </ScrollArea>
      </section>
      <section className="data-rest" aria-label="Samples">
        <h2 className="section-title">Some of the training images</h2>
        <Samples data={data} />
      </section>
    </>
  )
}

function Samples({ data }: { readonly data: DataSummary }) {
  if (data.samples.length === 0) return <EmptyState icon={ImageOff} title="No image to show" />
  return (
    <ScrollArea label="Sample images">
      <ul className="samples">
        {data.samples.map(({ label, png }, i) => (
          <li key={i} className="sample">
            <img src={`data:image/png;base64,${png}`} alt="" />
            <span>{data.classes[label] ?? `class ${label}`}</span>
          </li>
        ))}
      </ul>
    </ScrollArea>
  )
}
