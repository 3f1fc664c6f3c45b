import { describe, expect, it } from 'vitest'
import { analyze } from '../../src/shared/graph/analyze.js'
import { buildTemplate, type Template } from '../../src/shared/templates/define.js'
import { templateOf, templates } from '../../src/shared/templates/index.js'
import { trained } from './trained.js'

const CLASSES = 3

/** Sides in px below which a family does not work; all others take 32. */
const SMALLEST: Readonly<Record<string, number>> = {
  // Its maps have to fill 6x6 windows.
  alexnet: 223,
  googlenet: 65,
  'googlenet-bn': 65,
  'inception-v3': 75,
  'inception-v4': 75,
  // At its smallest, 75 px, the last maps have one place: batch norm over the two values of two images has no steady gradient.
  'inception-resnet-v2': 107,
}

/** The auxiliary head of Inception-v3 needs images of full size, at which it is a form of its own below. */
const WITHOUT_AUXILIARY = ['inception-v3']

/** Forms of a template that have other kinds of nodes than its defaults. */
const FORMS: { template: Template; form: object }[] = [
  ...templates.map((template) => ({ template, form: {} })),
  { template: templateOf('alexnet')!, form: { form: 'paper', height: 67, width: 67 } },
  { template: templateOf('cifar-resnet-20')!, form: { shortcut: 'A' } },
  { template: templateOf('googlenet')!, form: { bn: true } },
  // Forty branches added unscaled, behind batch norm over two values each, would run away: larger maps have more.
  { template: templateOf('inception-resnet-v2')!, form: { form: 'article', height: 139, width: 139 } },
  { template: templateOf('inception-v3')!, form: { heads: 'all', height: 299, width: 299 } },
  { template: templateOf('resnet-50')!, form: { variant: 'v1.5' } },
  { template: templateOf('vgg-11')!, form: { bn: true } },
]

describe('every template trains at its smallest: finite losses, and every layer with weights moves', () => {
  console.log(`cases=${FORMS.length}`)

  it.each(FORMS)('$template.name $form', async ({ template, form }) => {
    const side = SMALLEST[template.name] ?? 32
    const heads = WITHOUT_AUXILIARY.includes(template.name) ? { heads: 'main' } : {}
    const analysis = analyze(
      buildTemplate(template, { height: side, width: side, classes: CLASSES, ...heads, ...form }),
    )
    expect(analysis.issues.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(await trained(analysis, CLASSES)).toEqual({ broken: [], unchanged: [] })
  })
})
