import { describe, expect, it } from 'vitest'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { SUBJECT } from '../../../src/shared/reference/example.js'
import { markdownOf } from '../../../src/shared/reference/markdown.js'
import { PAGES, pageOf } from '../../../src/shared/reference/pages.js'

describe('every page', () => {
  console.log(`cases=${PAGES.length}`)

  it.each(PAGES)(
    '$name says what it is, where it comes from and what it costs, with a picture and a net to try',
    ({ name, kind }) => {
      const page = pageOf(name)!
      expect(page.doc).toMatch(/\.$/)
      if (kind === 'layer') expect(page.formula).toMatch(/=/)
      const { marks, frame } = page.picture
      expect(marks.length).toBeGreaterThan(2)
      expect(Object.values(frame).every(Number.isFinite)).toBe(true)
      const { issues, origins } = analyze(page.example.document)
      expect(issues.filter(({ severity }) => severity === 'error')).toEqual([])
      if (kind !== 'template') expect(origins[SUBJECT]!.output).toBeDefined()
      expect(markdownOf(page)).not.toMatch(/undefined|NaN|\[object|\?|layers\.tf/)
    },
  )

  it('has a name of its own', () => {
    expect(new Set(PAGES.map(({ name }) => name)).size).toBe(PAGES.length)
    expect(pageOf('lenet')).toBe(undefined)
  })
})
