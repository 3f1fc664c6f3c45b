import { expect, it } from 'vitest'
import type { DataSummary, Device } from '../../../src/shared/api.js'
import { emptyDocument, type Document } from '../../../src/shared/document/document.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { defaultsOf } from '../../../src/shared/layers/fields.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { DEFAULT_SETTINGS } from '../../../src/shared/training/settings.js'
import { words } from '../../../src/renderer/ui/format.js'
import { obstacles, type Plan } from '../../../src/renderer/panels/training/problems.js'

const template = templateOf('inception-mini')!
const net = (classes: number): Document => template.build({ ...defaultsOf(template.params), classes })

const clothes: DataSummary = {
  spec: 'builtin:clothes',
  title: 'Clothes',
  classes: ['coat', 'bag', 'boot'],
  shape: [28, 28, 1],
  train: 90,
  validation: 9,
  perClass: [30, 30, 30],
  skipped: [],
  samples: [],
}
const cpu: Device = { name: 'onnx-cpu', title: 'CPU', available: true, detail: '4 threads' }

function plan(document: Document, part: Partial<Plan> = {}): Plan {
  return {
    document,
    analysis: analyze(document),
    settings: DEFAULT_SETTINGS,
    data: { state: 'ready', value: clothes },
    devices: { state: 'ready', value: [cpu] },
    ...part,
  }
}

it('finds nothing against a net that fits its data', () => {
  expect(obstacles(plan(net(3)))).toEqual([])
  expect(obstacles(plan(net(3), { data: { state: 'loading' }, devices: { state: 'loading' } }))).toEqual([])
})

it('names each head whose classes differ, and mends them all at once, inside of blocks too', () => {
  const document = net(10)
  const [found, ...others] = obstacles(plan(document))
  const names = analyze(document).heads.map((head) => `${words(head.id)} has 10`)
  expect(names.length).toBe(3)
  expect(others).toEqual([])
  expect(found?.message).toBe(`Clothes has 3 classes, but head ${names.join(', ')}.`)
  expect(found?.fix?.title).toBe('Set units to 3')
  expect(obstacles(plan(found!.fix!.command(document)))).toEqual([])
})

it('explains without a fix where no parameter decides the classes', () => {
  const { nodes } = net(3)
  const flat: Document = {
    ...emptyDocument(),
    nodes: {
      input: { ...nodes['input']!, params: { height: 2, width: 2, channels: 1 } },
      flatten: { type: 'flatten', params: {}, at: [0, 0] },
      main: nodes['main']!,
    },
    wires: [
      { from: 'input', to: 'flatten', input: 0 },
      { from: 'flatten', to: 'main', input: 0 },
    ],
  }
  expect(obstacles(plan(flat))).toEqual([
    {
      message: 'Clothes has 3 classes, but head Main has 4.',
      hint: 'Give the layer before each head 3 units, or choose other data.',
    },
  ])
})

it('passes on the problems of the net with their fixes, and an unreadable folder', () => {
  const broken: Document = { ...net(3), wires: net(3).wires.slice(1) }
  const error = {
    code: 'data/no-images',
    message: 'The folder flowers has no images.',
    hint: 'Choose another.',
  } as const
  const refused = plan(broken, { data: { state: 'failed', error } })
  const errors = refused.analysis.issues.filter(({ severity }) => severity === 'error')
  expect(errors.length).toBeGreaterThan(0)
  expect(obstacles(refused)).toEqual([...errors, error])
})

it('wants a head, a batch that the data can fill, and a device that is there', () => {
  expect(obstacles(plan(emptyDocument())).length).toBeGreaterThan(0)
  const large = plan(net(3), { settings: { ...DEFAULT_SETTINGS, batch: 91 } })
  expect(obstacles(large)).toEqual([
    {
      message: 'The batch of 91 is larger than the 90 training images of Clothes.',
      hint: 'Set the batch to 90 or less.',
    },
  ])
  const gone: Device = { ...cpu, available: false, detail: 'ONNX Runtime does not load: install its library.' }
  const settings = { ...DEFAULT_SETTINGS, device: 'onnx-cpu' as const }
  expect(obstacles(plan(net(3), { settings, devices: { state: 'ready', value: [gone] } }))).toEqual([
    { message: 'CPU is not available.', hint: gone.detail },
  ])
})
