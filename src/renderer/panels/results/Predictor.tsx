import { ImageUp } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { DropItem } from 'react-aria-components/GridList'
import { DropZone } from 'react-aria-components/DropZone'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import type { Prediction } from '../../../shared/api.js'
import { AppError, errorData } from '../../../shared/errors.js'
import { useHost } from '../../host.js'
import type { Loaded } from '../../stores/cache.js'
import type { Run } from '../../stores/run.js'
import { Button } from '../../ui/Button.js'
import { Callout } from '../training/Callout.js'
import { ScrollArea } from '../training/ScrollArea.js'
import { toBase64 } from './base64.js'
import { TopClasses } from './TopClasses.js'

/** Larger files are no images one would classify, and would have to cross the wire. */
const MOST_BYTES = 16 * 1024 * 1024

interface Asked {
  readonly name: string
  readonly url: string
  readonly answer: Loaded<Prediction>
}

/** Takes an image, dropped or chosen, and shows what each head answers. */
export function Predictor({ run }: { readonly run: Run }) {
  const { api } = useHost()
  const [asked, setAsked] = useState<Asked>()
  const url = asked?.url
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url])

  async function classify(file: File): Promise<void> {
    const about = { name: file.name, url: URL.createObjectURL(file) }
    setAsked({ ...about, answer: { state: 'loading' } })
    const answer = await predict(file, (image) => api.runs.predict(run.id, image))
    setAsked((now) => (now?.url === about.url ? { ...about, answer } : now))
  }
  return (
    <section className="predictor" aria-label="Try an image">
      <DropZone
        className="drop-zone"
        aria-label="Drop an image to classify it"
        onDrop={({ items }) => void firstFile(items)?.then(classify)}
      >
        {asked ? <img src={asked.url} alt={asked.name} /> : <ImageUp size={24} strokeWidth={1.5} />}
        <span className="drop-words">{asked ? asked.name : 'Drop an image here'}</span>
        <FileTrigger acceptedFileTypes={['image/*']} onSelect={(files) => files?.[0] && void classify(files[0])}>
          <Button>Choose image…</Button>
        </FileTrigger>
      </DropZone>
      <div className="answers" aria-live="polite">
        <ScrollArea label="Answers">
          {!asked && <p className="muted">The five most probable classes of each head will stand here.</p>}
          {asked?.answer.state === 'loading' && <p className="muted">Classifying…</p>}
          {asked?.answer.state === 'failed' && (
            <Callout
              kind="error"
              message={asked.answer.error.message}
              hint={asked.answer.error.hint}
              onDismiss={() => setAsked(undefined)}
            />
          )}
          {asked?.answer.state === 'ready' && <TopClasses prediction={asked.answer.value} heads={run.heads} />}
        </ScrollArea>
      </div>
    </section>
  )
}

async function predict(file: File, ask: (image: string) => Promise<Prediction>): Promise<Loaded<Prediction>> {
  try {
    if (file.size > MOST_BYTES) {
      const size = `${Math.round(file.size / 2 ** 20)} MB`
      throw new AppError('data/unreadable', `${file.name} has ${size}.`, 'Choose an image file of 16 MB or less.')
    }
    return { state: 'ready', value: await ask(toBase64(new Uint8Array(await file.arrayBuffer()))) }
  } catch (error) {
    return { state: 'failed', error: errorData(error) }
  }
}

function firstFile(items: readonly DropItem[]): Promise<File> | undefined {
  const item = items.find((dropped) => dropped.kind === 'file')
  return item?.kind === 'file' ? item.getFile() : undefined
}
