import { useState } from 'react'
import type { ExportFormat, ExportHeads, ExportReport } from '../../../shared/api.js'
import { errorData } from '../../../shared/errors.js'
import { useHost } from '../../host.js'
import type { Loaded } from '../../stores/cache.js'
import type { Run } from '../../stores/run.js'
import { Button } from '../../ui/Button.js'
import { Dialog } from '../../ui/Dialog.js'
import { Segmented } from '../../ui/Segmented.js'
import { whenWords } from '../runs/columns.js'
import { Callout } from '../training/Callout.js'
import { Report } from './Report.js'
import './export.css'

const FORMATS = {
  onnx: {
    title: 'ONNX',
    purpose: 'One file that ONNX Runtime, OpenCV, TensorRT and most other engines run, on servers, phones and in C++.',
  },
  tfjs: {
    title: 'TensorFlow.js',
    purpose: 'A LayersModel (model.json and weights) for TensorFlow.js in the browser and in Node.',
  },
} as const

const HEADS = [
  { id: 'all', title: 'All heads' },
  { id: 'main', title: 'Main head only' },
] as const

/** Writes the trained net for another program, and shows how far that program's numbers are from the trainer's. */
export function ExportDialog({ run, onClose }: { readonly run: Run | undefined; readonly onClose: () => void }) {
  const { api } = useHost()
  const [format, setFormat] = useState<ExportFormat>('onnx')
  const [heads, setHeads] = useState<ExportHeads>('all')
  const [result, setResult] = useState<Loaded<ExportReport>>()
  const forget = () => setResult(undefined)

  async function write(id: string): Promise<void> {
    setResult({ state: 'loading' })
    try {
      setResult({ state: 'ready', value: await api.exports.write(id, format, heads) })
    } catch (error) {
      setResult({ state: 'failed', error: errorData(error) })
    }
  }
  const busy = result?.state === 'loading'
  return (
    <Dialog
      title="Export the trained net"
      isOpen
      onClose={onClose}
      size="medium"
      actions={
        <>
          <Button onPress={onClose}>Close</Button>
          <Button kind="primary" isDisabled={!run || busy} onPress={() => run && void write(run.id)}>
            {busy ? 'Writing and checking…' : 'Export'}
          </Button>
        </>
      }
    >
      <div className="export">
        {run ? (
          <p>
            <b>{run.name}</b> <span className="muted">{`run of ${whenWords(run.started)}`}</span>
          </p>
        ) : (
          <Callout
            kind="warning"
            message="There is no trained net yet."
            hint="Train it first; a short run is enough."
          />
        )}
        <Choice label="Format">
          <Segmented
            label="Format"
            options={Object.entries(FORMATS).map(([id, { title }]) => ({ id: id as ExportFormat, title }))}
            value={format}
            onChange={(id) => {
              setFormat(id)
              forget()
            }}
          />
        </Choice>
        <p className="muted">{FORMATS[format].purpose}</p>
        {(run?.heads.length ?? 0) > 1 && (
          <Choice label="Outputs">
            <Segmented
              label="Outputs"
              options={HEADS}
              value={heads}
              onChange={(id) => {
                setHeads(id)
                forget()
              }}
            />
          </Choice>
        )}
        {busy && (
          <p role="status" className="muted">
            Writing the file, opening it again with another program and comparing both on the same images.
          </p>
        )}
        {result?.state === 'failed' && (
          <Callout kind="error" message={result.error.message} hint={result.error.hint} onDismiss={forget} />
        )}
        {result?.state === 'ready' && run && <Report run={run.id} report={result.value} />}
      </div>
    </Dialog>
  )
}

function Choice({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className="export-choice">
      <span aria-hidden="true" className="muted">
        {label}
      </span>
      {children}
    </div>
  )
}
