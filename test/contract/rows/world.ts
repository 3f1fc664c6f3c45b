import type { Desk } from '../../../src/main/services/desk.js'
import type { Api, DataSummary, Evaluation, ExportReport, Prediction } from '../../../src/shared/api.js'
import type { EngineFacts } from '../../../src/shared/engine.js'
import { printBundle } from '../../../src/shared/document/bundle.js'
import { print } from '../../../src/shared/document/file.js'
import type { MethodName } from '../../../src/shared/rpc/methods.js'
import type { MemoryNeed } from '../../../src/shared/training/memory-need.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { blockFrom, whole } from '../../shared/own-blocks.js'
import type { ScriptedLauncher } from '../scripted-launcher.js'
import type { WiredClient } from '../wires.js'

/** What a method answers, on a fresh home and over any wire. */
export type Row = (api: Api, world: World) => Promise<void>

/** Rows of groups of methods. */
export type Rows<G extends string> = { readonly [M in MethodName as M extends `${G}.${string}` ? M : never]: Row }

export interface World {
  readonly home: string
  readonly userHome: string
  readonly launcher: ScriptedLauncher
  readonly client: WiredClient['client']
  readonly desk: Desk
}

export const NET = print(buildTemplate(templateOf('cifar-resnet-20')!, { classes: 2 }))
export const BLOCK = printBundle({
  name: 'twin',
  blocks: { twin: { ...blockFrom({ a: ['conv2d', { filters: '=N' }, 'in'] }, [whole('N', 4)]), title: 'Twin' } },
})
export const OLD = '2026-11-01-old-net-1'
export const SUMMARY: DataSummary = {
  spec: 'pets',
  title: 'Pets',
  classes: ['cat', 'dog'],
  shape: [8, 8, 3],
  train: 64,
  validation: 8,
  perClass: [30, 34],
  skipped: [{ file: 'bad.png', reason: 'is empty' }],
  samples: [{ label: 0, png: 'AAAA' }],
}
export const EVALUATION: Evaluation = {
  images: 8,
  classes: ['cat', 'dog'],
  heads: {
    main: {
      loss: 0.4,
      accuracy: 0.8,
      confusion: [
        [4, 0],
        [1, 3],
      ],
    },
  },
}
export const PREDICTION: Prediction = { classes: ['cat', 'dog'], heads: { main: [[0.25, 0.75]] } }
export const REPORT: ExportReport = {
  format: 'onnx',
  path: 'somewhere',
  files: [{ name: `${OLD}.onnx`, bytes: 4 }],
  heads: ['main'],
  dropped: [],
  judge: 'ONNX Runtime 1.30',
  images: 8,
  largestDifference: 1e-7,
}
export const ENGINE: EngineFacts = {
  engines: [{ name: 'tensorflow' }, { name: 'tensorflow-openmp' }],
  folder: 'somewhere',
  free: 1e12,
  offers: [
    {
      build: 'processor',
      title: 'tensorflow-cpu 2.21.0',
      download: 3e8,
      disk: 2e9,
      python: { command: 'python3', version: '3.12.4' },
    },
  ],
  nvidia: false,
}
export const NEED: MemoryNeed = { basis: 'traced', runtime: 5, state: 3, values: 4, needed: 12, perImage: 1 }
export const DEVICES = [
  { name: 'auto', title: 'Automatic', available: true, detail: 'Uses Processor (ONNX Runtime).' },
  {
    name: 'onnx-cpu',
    title: 'Processor (ONNX Runtime)',
    runtime: 'ONNX Runtime',
    available: true,
    detail: '2 cores.',
    version: '1.30',
  },
]
