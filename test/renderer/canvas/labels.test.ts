import { expect, it } from 'vitest'
import { placeLabels } from '../../../src/renderer/canvas/labels.js'
import type { Point } from '../../../src/shared/pictures/route.js'

it('moves along its wire to where nothing crosses, and gives up where there is no room', () => {
  const level = { key: 'a', from: 'a', way: [[0, 0], [400, 0]] as Point[], width: 60 } // prettier-ignore
  const upright = { key: 'b', from: 'b', way: [[200, -50], [200, 50]] as Point[], width: 0 } // prettier-ignore
  expect(placeLabels([level], []).get('a')).toEqual([200, 0])
  expect(placeLabels([level, upright], []).get('a')).toEqual([236, 0])
  expect(placeLabels([level, { ...level, key: 'c' }], []).get('c')).toEqual([272, 0])
  expect(placeLabels([{ ...level, width: 401 }], []).size).toBe(0)
})
