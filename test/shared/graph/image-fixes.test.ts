import { describe, expect, it } from 'vitest'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { graphOf } from '../graph-of.js'

const build = (name: string, values: Readonly<Record<string, unknown>>) => buildTemplate(templateOf(name)!, values)

/** What is offered for the first error, and what is left after it. */
function mended(document: ReturnType<typeof build>) {
  const error = analyze(document).issues.find(({ severity }) => severity === 'error')
  const after = error?.fix && analyze(error.fix.command(document))
  return { title: error?.fix?.title, size: after?.input?.shape, left: after?.issues.map(({ code }) => code) }
}

describe('an image that is too small', () => {
  it.each([
    ['googlenet', { height: 64, width: 64 }, [65, 65, 3]],
    ['inception-v3', { height: 300, width: 75 }, [300, 299, 3]],
    ['inception-resnet-v2', { height: 64, width: 80 }, [75, 80, 3]],
    ['alexnet', { height: 64, width: 64 }, [223, 223, 3]],
  ] as const)('of %s with %o is made as large as it must be', (name, values, size) => {
    const title = `Set the image to ${size[0]}x${size[1]}`
    expect(mended(build(name, values))).toEqual({ title, size, left: [] })
  })
})

describe('an image of any size', () => {
  it.each([
    ['googlenet', [96, 96, 3]],
    ['inception-mini', [24, 24, 3]],
  ] as const)('gets one where a vector in a block of %s needs it', (name, size) => {
    const title = `Set the image to ${size[0]}x${size[1]}`
    expect(mended(build(name, { height: 'any', width: 'any' }))).toEqual({ title, size, left: [] })
  })

  it('keeps its sizes where a pooling mends it', () => {
    const { title, size } = mended(build('vgg-11', { height: 'any', width: 'any' }))
    expect([title, size]).toEqual(['Insert global average pooling', [null, null, 3]])
  })
})

it('makes an image as large as branches that meet ask for', () => {
  const document = graphOf({
    input: ['input', { height: 9, width: 70 }],
    a: ['max_pool', { kernel: [16, 16], stride: [16, 16], padding: 'valid' }, 'input'],
    b: ['upsampling', { factor: [16, 16] }, 'a'],
    c: ['add', {}, 'b', 'input'],
  })
  const fix = analyze(document).issues.find(({ code }) => code === 'shape/too-small')?.fix
  expect(fix?.title).toBe('Set the image to 16x80')
})
