import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src/shared/errors.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { readField, type Fields } from '../../../src/shared/layers/fields.js'
import { buildTemplate, FAMILIES, type Template } from '../../../src/shared/templates/define.js'
import { NODE } from '../../../src/shared/templates/drawing.js'
import { templateOf, templates } from '../../../src/shared/templates/index.js'

const codes = (name: string, values = {}) =>
  analyze(buildTemplate(templateOf(name)!, values)).issues.map(({ code, where }) => [code, where.node])

const NAMES = [
  ...['inception-mini', 'inception-resnet-mini'],
  ...['cifar-resnet-20', 'cifar-resnet-32', 'cifar-resnet-44', 'cifar-resnet-56', 'cifar-resnet-110'],
  ...[
    'resnet-18',
    'resnet-34',
    'resnet-50',
    'resnet-101',
    'resnet-152',
    'resnet-50-v2',
    'resnet-101-v2',
    'resnet-152-v2',
    'wide-resnet-50-2',
    'resnext-50-32x4d',
    'se-resnet-50',
  ],
  ...['plain-20', 'plain-32', 'plain-44', 'plain-56', 'plain-110', 'plain-18', 'plain-34'],
  ...['googlenet', 'googlenet-bn', 'bn-inception', 'inception-v3', 'inception-v4', 'xception', 'inception-resnet-v2'],
  ...['densenet-121', 'densenet-169', 'densenet-201', 'alexnet', 'vgg-11', 'vgg-13', 'vgg-16', 'vgg-19'],
  ...['mobilenet-v1', 'mobilenet-v2', 'mobilenet-v3-small', 'mobilenet-v3-large', 'efficientnet-b0'],
  ...['squeezenet-1.0', 'squeezenet-1.1', 'convnext-tiny'],
]

const AUXILIARY: Readonly<Record<string, readonly string[]>> = {
  'inception-mini': ['aux_1', 'aux_2'],
  googlenet: ['aux_1', 'aux_2'],
  'googlenet-bn': ['aux_1', 'aux_2'],
  'inception-v3': ['aux'],
}

/** Every combination of a template's flags and choices. */
function choicesOf(template: Template): Record<string, unknown>[] {
  let all: Record<string, unknown>[] = [{}]
  for (const [name, field] of Object.entries(template.params as Fields)) {
    const values = field.kind === 'flag' ? [false, true] : field.kind === 'choice' ? field.options : undefined
    if (values) all = all.flatMap((choices) => values.map((value) => ({ ...choices, [name]: value })))
  }
  return all
}

describe('every template', () => {
  console.log(`cases=${templates.length}`)

  it('has the names that scripts rely on', () => {
    expect(templates.map(({ name }) => name)).toEqual(NAMES)
    expect(templateOf('lenet')).toBe(undefined)
  })

  it.each(templates)('$name has no issue as drawn, whatever its choices are', (template) => {
    for (const choices of choicesOf(template)) {
      const { issues, heads } = analyze(buildTemplate(template, { ...choices, classes: 7 }))
      expect({ choices, issues }).toEqual({ choices, issues: [] })
      const auxiliary = choices['heads'] === 'all' ? AUXILIARY[template.name] : []
      expect(heads.map(({ id, shape }) => [id, shape])).toEqual(['main', ...auxiliary!].map((id) => [id, [7]]))
    }
  })

  it('stands with its family, those for small images first', () => {
    const families = templates.map(({ family }) => family)
    expect(families.filter((family, i) => family !== families[i - 1])).toEqual(FAMILIES)
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

  it('Inception-ResNet-mini works from 28 to 64 px and stays small', () => {
    const facts = [28, 32, 48, 64].map((size) => {
      const { issues, parameters, multiplyAdds } = analyze(
        buildTemplate(templateOf('inception-resnet-mini')!, { height: size, width: size }),
      )
      return [issues.length, parameters.trainable, multiplyAdds]
    })
    expect(facts).toEqual([
      [0, 84_916, 4_712_812],
      [0, 84_916, 6_341_892],
      [0, 84_916, 14_828_932],
      [0, 84_916, 26_883_268],
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
    expect(document.nodes['input']!.params).toEqual({
      height: 96,
      width: null,
      channels: 3,
      range: '0 to 1',
      mean: [],
      deviation: [],
    })
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
