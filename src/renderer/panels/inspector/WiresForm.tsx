import type { ReactNode } from 'react'
import { inTurn } from '../../../shared/document/commands.js'
import type { Document, Wire } from '../../../shared/document/document.js'
import { kindIn } from '../../../shared/document/kinds.js'
import { connect, disconnect, outputOf, sourcesFor, targetsFor } from '../../../shared/document/wires.js'
import { edit } from '../../stores/document.js'
import { NodeChoice } from './NodeChoice.js'

interface Props {
  readonly id: string
  readonly document: Document
}

/** The wires of a node as a form: everything that can be drawn on the canvas can be done here by keyboard. */
export function WiresForm({ id, document }: Props) {
  const kind = kindIn(document, document.nodes[id]?.type ?? '')
  return (
    <section aria-label="Wires" className="inspector-section">
      <h3 className="section-title">Wires</h3>
      <div className="form">
        {kind?.inputs !== 'none' && <Inputs id={id} document={document} />}
        {kind?.hasOutput !== false && <Outputs id={id} document={document} />}
      </div>
    </section>
  )
}

function Inputs({ id, document }: Props) {
  const kind = kindIn(document, document.nodes[id]?.type ?? '')
  const single = kind?.inputs === 'one'
  const named = (kind?.ports?.inputs ?? []).length > 1 ? kind!.ports!.inputs : undefined
  const wires = document.wires.filter((wire) => wire.to === id).sort((a, b) => a.input - b.input)
  const free = named?.map((_, input) => input).filter((input) => !wires.some((wire) => wire.input === input)) ?? []
  const sources = () => sourcesFor(document, id)
  const nameOf = (input: number) => (single ? 'Input' : (named?.[input] ?? `Input ${input + 1}`))
  return (
    <>
      {wires.map((wire) => (
        <Row key={`in-${wire.input}`} label={nameOf(wire.input)}>
          {(label) => (
            <NodeChoice
              label={label}
              document={document}
              chosen={wire.from}
              options={sources}
              onChoose={(from) => edit(connect(from, id, wire.input))}
              onRemove={() => edit(disconnect(wire))}
            />
          )}
        </Row>
      ))}
      {free.map((input) => (
        <Row key={`free-${input}`} label={nameOf(input)}>
          {(label) => (
            <NodeChoice
              label={label}
              document={document}
              options={sources}
              onChoose={(from) => edit(connect(from, id, input))}
            />
          )}
        </Row>
      ))}
      {!named && (!single || wires.length === 0) && (
        <Row label={single ? 'Input' : 'Add input'}>
          {(label) => (
            <NodeChoice
              label={label}
              document={document}
              options={sources}
              onChoose={(from) => edit(connect(from, id))}
            />
          )}
        </Row>
      )}
    </>
  )
}

function Outputs({ id, document }: Props) {
  const outputs = kindIn(document, document.nodes[id]?.type ?? '')?.ports?.outputs ?? []
  const named = outputs.length > 1 ? outputs : [undefined]
  const wires = document.wires.filter((wire) => wire.from === id).sort((a, b) => outputOf(a) - outputOf(b))
  const targets = () => targetsFor(document, id)
  const lead = (wire: Wire, to: string) => edit(inTurn(disconnect(wire), connect(id, to, undefined, wire.output)))
  const titleOf = (wire: Wire, at: number) =>
    named[outputOf(wire)] ?? (wires.length === 1 ? 'Output' : `Output ${at + 1}`)
  return (
    <>
      {wires.map((wire, at) => (
        <Row key={`out-${at}`} label={titleOf(wire, at)}>
          {(label) => (
            <NodeChoice
              label={label}
              document={document}
              chosen={wire.to}
              options={targets}
              onChoose={(to) => lead(wire, to)}
              onRemove={() => edit(disconnect(wire))}
            />
          )}
        </Row>
      ))}
      {named.map((name, output) => (
        <Row key={name ?? ''} label={name === undefined ? 'Connect to' : `${name} to`}>
          {(label) => (
            <NodeChoice
              label={label}
              document={document}
              options={targets}
              onChoose={(to) => edit(connect(id, to, undefined, output))}
            />
          )}
        </Row>
      ))}
    </>
  )
}

function Row({ label, children }: { readonly label: string; readonly children: (label: string) => ReactNode }) {
  return (
    <div className="form-row form-row-wire">
      <span className="form-label" aria-hidden="true">
        {label}
      </span>
      {children(label)}
    </div>
  )
}
