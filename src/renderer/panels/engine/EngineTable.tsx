import type { ReactNode } from 'react'
import { ENGINE_TITLES, engineOfBuild, type EngineFacts, type EngineOffer } from '../../../shared/engine.js'
import { bytesWords } from '../export/words.js'
import { libraryWords } from './words.js'

/** What is here, and what it would be got with. */
export function EngineTable({ facts, python }: { readonly facts: EngineFacts } & Pick<EngineOffer, 'python'>) {
  const { engines, folder, free, nvidia, offers } = facts
  // The build with OpenMP is an extra: where it can neither be had nor is, nobody misses it.
  const shown = engines.filter(({ name, library }) => {
    return library !== undefined || offers.some(({ build }) => engineOfBuild(build) === name)
  })
  return (
    <dl className="figures engine-table">
      {shown.map((engine) => (
        <Row key={engine.name} name={ENGINE_TITLES[engine.name]}>
          {libraryWords(engine)}
        </Row>
      ))}
      <Row name="Python">{python ? `${python.version} (${python.command})` : 'none that fits'}</Row>
      <Row name="Folder">
        <span className="mono engine-path">{folder}</span>
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
