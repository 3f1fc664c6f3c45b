import { configure, render } from '@testing-library/react'
import type { ReactElement } from 'react'
import { createStore } from 'zustand/vanilla'
import type { Api, DataSummary, Device, DeviceChoice } from '../../src/shared/api.js'
import type { MemoryEstimate } from '../../src/shared/training/memory-need.js'
import { defaultsOf } from '../../src/shared/layers/fields.js'
import { templateOf } from '../../src/shared/templates/index.js'
import { HostProvider, type Connection, type Host } from '../../src/renderer/host.js'
import { documents, openDocument } from '../../src/renderer/stores/document.js'
import { fakeServices, type FakeServices } from './fake-services.js'

/** A busy machine is not a failure: conditions are waited for as long as a test may take. */
configure({ asyncUtilTimeout: 60_000 })

export const CLOTHES: DataSummary = {
  spec: 'builtin:clothes',
  title: 'Clothes',
  classes: ['coat', 'bag', 'boot'],
  shape: [28, 28, 1],
  train: 90,
  validation: 9,
  perClass: [50, 30, 10],
  skipped: [],
  samples: [{ label: 1, png: 'iVBORw0KGgo=' }],
}

const CPU: Device = { name: 'onnx-cpu', title: 'CPU', available: true, detail: '4 threads' }

/** Calls that only one test needs, beside the runs of `fakeServices`. */
export interface Answers {
  readonly describe?: () => Promise<DataSummary>
  readonly runs?: Partial<Api['runs']>
  readonly exports?: Partial<Api['exports']>
  readonly engine?: Partial<Api['engine']>
  readonly devices?: Partial<Api['devices']>
}

const CHOICE: DeviceChoice = {
  device: 'onnx-cpu',
  reason: 'Fastest for this net: 41 images/s.',
  speeds: [{ name: 'onnx-cpu', title: 'Processor', imagesPerSecond: 41.2 }],
}

/** A need that fits. */
export const ROOMY: MemoryEstimate = {
  device: 'onnx-cpu',
  basis: 'traced',
  runtime: 1e8,
  state: 2e8,
  values: 7e8,
  needed: 1e9,
  perImage: 2e7,
  total: 1.6e10,
  free: 8e9,
}

/** Services in memory as a host of the window. */
export function fakeHost(answers: Answers = {}): { readonly host: Host; readonly services: FakeServices } {
  const services = fakeServices()
  const api = {
    ...services.api,
    runs: { ...services.api.runs, ...answers.runs },
    exports: answers.exports ?? {},
    devices: { list: async () => [CPU], measure: async () => CHOICE, memory: async () => ROOMY, ...answers.devices },
    engine: { status: async () => ({ work: { state: 'idle' }, log: [] }), ...answers.engine },
    library: { list: async () => ({ blocks: [], damaged: [] }) },
    files: { list: async (path: string) => ({ path, entries: [] }) },
    data: {
      builtin: async () => [{ spec: 'builtin:clothes', title: 'Clothes', detail: 'Grey pictures' }],
      describe: answers.describe ?? (async () => CLOTHES),
    },
  } as unknown as Api
  const connection = createStore<Connection>(() => 'connected')
  return { host: { api, on: services.on, connection, takeOver: () => undefined }, services }
}

/** Draw a part of the window over a host. */
export function show(host: Host, part: ReactElement): void {
  render(<HostProvider value={host}>{part}</HostProvider>)
}

/** Open Inception-mini with a number of classes, alone. */
export function openNet(classes: number): void {
  documents.setState({ open: [] }, true)
  const template = templateOf('inception-mini')!
  openDocument(template.build({ ...defaultsOf(template.params), classes }))
}
