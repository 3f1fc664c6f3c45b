import { useState, type ReactNode } from 'react'
import { Maximize2 } from 'lucide-react'
import { formText } from '../../../shared/reference/markdown.js'
import type { Page } from '../../../shared/reference/page.js'
import { Button } from '../../ui/Button.js'
import { Dialog } from '../../ui/Dialog.js'
import { grouped, withTimes } from '../../ui/format.js'
import { PictureView } from '../../ui/PictureView.js'
import { Prose } from '../../ui/Prose.js'
import { Figures } from '../inspector/Figures.js'
import './reference.css'

/** All that is to be said of a layer, block or template; the written reference has the same words. */
export function ReferencePage({ page }: { readonly page: Page }) {
  const { doc, formula, source, settings, example, keras, pytorch, published } = page
  return (
    <article className="reference" aria-label={`Help on ${page.title}`}>
      <h2 className="reference-title">{page.title}</h2>
      <p className="inspector-doc">
        <Prose text={doc} />
      </p>
      {formula && <p className="reference-formula mono">{formula}</p>}
      <Enlargeable page={page} />
      {source && <p className="reference-source">From {source}.</p>}
      {settings.length > 0 && (
        <Part title="Settings">
          <dl className="reference-settings">
            {settings.map((setting) => (
              <div key={setting.name}>
                <dt className="mono">{setting.name}</dt>
                <dd>
                  <Prose text={setting.doc} />
                  <span className="reference-values">{withTimes(`${setting.values}; usually ${setting.usual}`)}</span>
                </dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
      <Figures
        title={page.kind === 'template' ? 'Numbers' : 'In the example'}
        rows={example.numbers.map(([name, value]) => [name, withTimes(value)])}
      />
      {example.weights.length > 0 && (
        <Figures
          title="Weights"
          rows={example.weights.map(([name, shape, count]) => [name, `${withTimes(shape)} = ${grouped(count)}`])}
        />
      )}
      {published.map((one) => (
        <Figures
          key={formText(one.at)}
          title={`Published: ${formText(one.at)}`}
          rows={[
            ['Parameters', grouped(one.parameters)],
            ['Multiply-adds', grouped(one.multiplyAdds)],
            ['Source', one.source],
          ]}
        />
      ))}
      {keras && <Code title="Keras" text={keras} />}
      {pytorch && <Code title="PyTorch" text={pytorch} />}
    </article>
  )
}

/** The picture as wide as the panel; pressed, as wide as the window. */
function Enlargeable({ page }: { readonly page: Page }) {
  const [isLarge, setLarge] = useState(false)
  const { picture, small } = page
  return (
    <>
      <PictureView picture={small ?? picture} className="reference-picture" />
      {small && (
        <Button icon={Maximize2} onPress={() => setLarge(true)}>
          Enlarge the picture
        </Button>
      )}
      <Dialog isOpen={isLarge} onClose={() => setLarge(false)} title={picture.title} size="large">
        <div className="reference-large">
          <PictureView picture={picture} />
        </div>
      </Dialog>
    </>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="inspector-section">
      <h3 className="section-title">{title}</h3>
      {children}
    </section>
  )
}

function Code({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <Part title={title}>
      {/* Wide lines scroll, also by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="reference-code mono scroll" tabIndex={0} aria-label={`In ${title}`}>
        {text}
      </pre>
    </Part>
  )
}
