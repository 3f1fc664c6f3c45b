import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src/shared/errors.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { readField, type Fields } from '../../../src/shared/layers/fields.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { NODE } from '../../../src/shared/templates/drawing.js'
import { templateOf, templates } from '../../../src/shared/templates/index.js'

const codes = (name: string, values = {}) =>
  analyze(buildTemplate(templateOf(name)!, values)).issues.map(({ code, where }) => [code, where.node])

describe('every template', () => {
  console.log(`cases=${templates.length}`)

  it('has the names that scripts rely on', () => {
    expect(templates.map(({ name }) => name).sort()).toEqual([
      'cifar-resnet-20',
      'googlenet',
      'inception-mini',
      'plain-20',
      'resnet-18',
      'vgg-16',
    ])
    expect(templateOf('alexnet')).toBe(undefined)
  })

  it.each(templates)('$name has no issue as drawn, with and without batch norm and auxiliary heads', (template) => {
    for (const name of Object.keys(template.params))
      expect(['classes', 'height', 'width', 'heads', 'bn']).toContain(name)
    for (const bn of [true, false]) {
      for (const heads of template.params['heads'] ? ['all', 'main'] : [undefined]) {
        const { issues, heads: found } = analyze(buildTemplate(template, { bn, heads, classes: 7 }))
        expect(issues).toEqual([])
        expect(found.map(({ id, shape }) => [id, shape])).toEqual(
          (heads === 'all' ? ['main', 'aux_1', 'aux_2'] : ['main']).map((id) => [id, [7]]),
        )
      }
    }
  })

  it.each(templates)('$name lies on the canvas without overlaps, nodes with room between them', (template) => {
    const places = Object.values(buildTemplate(template).nodes).map(({ at }) => at)
    const near = places.flatMap(([x, y], i) =>
      places
        .slice(i + 1)
        .filter(([u, v]) => Math.abs(x - u) < NODE.width + NODE.gapX && Math.abs(y - v) < NODE.height + NODE.gapY),
    )
    expect(near).toEqual([])
    expect(Math.max(...places.map(([x]) => x))).toBeLessThan(8 * (NODE.width + NODE.gapX))
  })

  it.each(templates)('$name writes every parameter that its nodes have', (template) => {
    const { graph } = analyze(buildTemplate(template))
    for (const { layer, params } of graph.nodes) {
      expect(Object.keys(params)).toEqual(Object.keys(layer.params))
      for (const [name, field] of Object.entries(layer.params as Fields))
        expect(readField(field, params[name])).toEqual({ value: params[name] })
    }
  })
})

describe('sizes', () => {
  it('Inception-mini works from 28 to 64 px and stays small', () => {
    const facts = [28, 32, 48, 64].map((size) => {
      const { issues, parameters, multiplyAdds } = analyze(
        buildTemplate(templateOf('inception-mini')!, { height: size, width: size }),
      )
      return [issues.length, parameters.trainable, multiplyAdds]
    })
    expect(facts).toEqual([
      [0, 154_174, 8_659_336],
      [0, 166_462, 11_083_072],
      [0, 186_942, 24_933_312],
      [0, 215_614, 44_323_648],
    ])
  })

  it('are explained where they are too small or open', () => {
    expect([
      codes('googlenet', { height: 32, width: 32 }),
      codes('googlenet', { height: 'any', width: 'any' }),
      codes('googlenet', { height: 'any', width: 'any', heads: 'main' }),
      codes('vgg-16', { height: 31, width: 32 }),
      codes('resnet-18', { height: null }),
    ]).toEqual([
      [
        ['shape/too-small', 'aux_1_classifier'],
        ['shape/too-small', 'aux_2_classifier'],
      ],
      [
        ['shape/open', 'aux_1_classifier'],
        ['shape/open', 'aux_2_classifier'],
        ['input/open-size', 'input'],
      ],
      [['input/open-size', 'input']],
      [['shape/too-small', 'stage_5']],
      [['input/open-size', 'input']],
    ])
  })
})

describe('values', () => {
  it('may be texts, as a command line gives them', () => {
    const document = buildTemplate(templateOf('googlenet')!, {
      classes: '12',
      height: '96',
      width: 'any',
      heads: 'main',
      bn: 'true',
    })
    expect(document.nodes['input']!.params).toEqual({ height: 96, width: null, channels: 3 })
    expect(document.nodes['logits']!.params).toEqual({ units: 12, bias: true })
    expect(document.nodes['inception_3a']!.params).toMatchObject({ batch_norm: true })
    expect([document.nodes['aux_1'], document.nodes['norm_1']]).toEqual([undefined, undefined])
  })

  it('are refused by name', () => {
    const refused = (values: object) => {
      try {
        buildTemplate(templateOf('vgg-16')!, { ...values })
      } catch (error) {
        if (error instanceof AppError) return `${error.code}: ${error.message}`
      }
      return 'built'
    }
    expect(
      [{ classes: '1' }, { classes: 'ten' }, { height: '' }, { bn: 'yes' }, { heads: 'all' }].map(refused),
    ).toEqual([
      'input/invalid: classes of VGG-16 must be 2 to 65536, not 1.',
      'input/invalid: classes of VGG-16 must be a number, not "ten".',
      'input/invalid: height of VGG-16 must be a number, not "".',
      'input/invalid: bn of VGG-16 must be true or false, not "yes".',
      'input/invalid: VGG-16 has no field heads.',
    ])
  })
})
