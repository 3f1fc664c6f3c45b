import type { ReactNode } from 'react'
import type { EngineFacts, EngineOffer } from '../../../shared/engine.js'
import { bytesWords } from '../export/words.js'
import { libraryWords } from './words.js'

/** What is here, and what it would be got with. */
export function EngineTable({ facts, python }: { readonly facts: EngineFacts } & Pick<EngineOffer, 'python'>) {
  const { own, folder, free, nvidia, offers } = facts
  return (
    <dl className="figures engine-table">
      <Row name="Now">{libraryWords(facts)}</Row>
      <Row name="Python">{python ? `${python.version} (${python.command})` : 'none that fits'}</Row>
      <Row name="Folder">
        <span className="mono engine-path">{folder}</span>
        {own ? ` · ${bytesWords(own.bytes)} used` : ''}
        {free === undefined ? '' : ` · ${bytesWords(free)} free`}
      </Row>
      {offers.some(({ build }) => build === 'cuda') && <Row name="NVIDIA driver">{nvidia ? 'found' : 'none here'}</Row>}
    </dl>
  )
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="figures-row">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
