import { describe, expect, it } from 'vitest'
import { addNode, removeNodes, renameNode, setParam } from '../../../src/shared/document/commands.js'
import type { Document } from '../../../src/shared/document/document.js'
import { parse, print } from '../../../src/shared/document/file.js'
import { connect, insertOnWire } from '../../../src/shared/document/wires.js'
import { templates } from '../../../src/shared/templates/index.js'
import { paperCheckText } from '../../../src/shared/templates/paper-check.js'
import { after, build, check } from './checked.js'

const forms = templates.flatMap((template) => (template.published ?? []).map(({ at }) => ({ template, at })))

describe('a net as its template draws it', () => {
  console.log(`cases=${forms.length}`)

  it.each(forms)('$template.name $at matches, also out of a file', ({ template, at }) => {
    const document = build(template.name, at)
    expect(check(document)).toEqual({ kind: 'match', template, published: expect.objectContaining({ at }) })
    expect(check(parse(print(document)))?.kind).toBe('match')
  })

  it('says which values nobody has published numbers for', () => {
    const found = check(build('resnet-18', { classes: 10, height: null }))
    expect([found?.kind, found && paperCheckText(found)]).toEqual([
      'other-form',
      'As the template draws it, in a form without published numbers: classes 10 (published: 1000), height any (published: 224)',
    ])
  })

  it('is told in one line with the numbers', () => {
    expect(paperCheckText(check(build('mobilenet-v2'))!)).toBe(
      'Matches the published numbers: 3,538,984 parameters, 300,774,272 multiply-adds (torchvision 0.29 mobilenet_v2 and Keras 3.15 MobileNetV2)',
    )
  })

  it('has no check where there is nothing to compare with', () => {
    const { template: _, ...drawn } = build('resnet-18')
    const named = (name: string, values: object) => check({ ...drawn, template: { name, values: { ...values } } })
    expect([
      check(drawn),
      check(build('inception-mini')),
      named('resnet-17', {}),
      named('resnet-18', { classes: 'many' }),
      named('resnet-18', { heads: 'all' }),
    ]).toEqual([undefined, undefined, undefined, undefined, undefined])
  })
})

describe('edits', () => {
  const vgg = build('vgg-11')
  const resnet = build('resnet-18')

  it('that change no number and no layer leave it green', () => {
    expect([
      after(vgg, setParam('dense_1_dropout', 'rate', 0.1)),
      after(resnet, renameNode('conv_1', 'stem'), renameNode('stage_1_block_1', 'first')),
      after(resnet, setParam('conv_1_bn', 'momentum', 0.99)),
    ]).toEqual(['match', 'match', 'match'])
  })

  it('are named at the first layer that they change, also where no number tells', () => {
    const kernel = { message: "pool_1 has kernel 5x5, in the paper's net 3x3, which makes 56x56x64." }
    expect([
      after(resnet, setParam('stage_2_block_1', 'width', 100), setParam('pool_1', 'kernel', [5, 5])),
      after(resnet, setParam('stage_2_block_1', 'width', 100)),
      after(resnet, setParam('input', 'height', 192)),
      after(vgg, setParam('logits', 'units', 10)),
    ]).toEqual([
      [kernel.message, { node: 'pool_1' }],
      [
        "stage_2_block_1/conv_1 has filters 100, in the paper's net 128, which makes 28x28x128.",
        { node: 'stage_2_block_1', inner: 'stage_2_block_1/conv_1' },
      ],
      ["input has height 192, in the paper's net 224.", { node: 'input' }],
      ["logits has units 10, in the paper's net 1000, which makes 1000.", { node: 'logits' }],
    ])
  })

  it('that add, remove or rewire layers are named too', () => {
    const wire = resnet.wires.find(({ to }) => to === 'pool_1')!
    const other: Document = {
      ...resnet,
      nodes: { ...resnet.nodes, conv_1_relu: { ...resnet.nodes['conv_1_relu']!, type: 'gelu' } },
    }
    expect([
      after(resnet, insertOnWire(wire, 'dropout', [0, 0], 'extra')),
      after(resnet, removeNodes(['conv_1_bn']), connect('conv_1', 'conv_1_relu')),
      after(resnet, addNode('dense', [0, 0], 'side'), connect('pool', 'side')),
      after(resnet, removeNodes(['main'])),
      after(other),
    ]).toEqual([
      ["extra (Dropout) in front of pool_1 is not in the paper's net.", { node: 'extra' }],
      ["conv_1_bn (Batch norm) of the paper's net is missing.", { node: 'conv_1_relu' }],
      ["side (Dense) is not in the paper's net.", { node: 'side' }],
      ["main (Head) of the paper's net is missing.", undefined],
      ["conv_1_relu is GELU, in the paper's net ReLU.", { node: 'conv_1_relu' }],
    ])
  })
})
