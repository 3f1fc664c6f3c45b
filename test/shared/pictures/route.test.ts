import { expect, it } from 'vitest'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templates } from '../../../src/shared/templates/index.js'
import { anchored, NODE, pathOf, routeOf, SIDES, type Point } from '../../../src/shared/pictures/route.js'
import { placesOf } from '../../../src/renderer/stores/arrange.js'
import { pointsOf } from './path-points.js'

it('goes straight on a row, down to the next one, and back where it must', () => {
  expect(routeOf([0, 0], [240, 0], 0, [])).toEqual({ kind: 'straight' })
  expect(routeOf([960, 0], [0, 144], 0, [])).toEqual({ kind: 'down', y: 104 })
  expect(routeOf([240, 0], [0, 0], 0, [])).toEqual({ kind: 'back' })
})

it('arcs over what it skips, the higher the longer the way', () => {
  const row: Point[] = [0, 240, 480, 720, 960].map((x) => [x, 0])
  const near = routeOf(row[0]!, row[2]!, 0, row)
  const far = routeOf(row[0]!, row[4]!, 0, row)
  expect([near.kind, far.kind]).toEqual(['arc', 'arc'])
  expect(heightOf(far)).toBeLessThan(heightOf(near))
  expect(heightOf(near)).toBeLessThan(0)
})

it('leads two wires into one node along lines of their own', () => {
  const [first, second] = [0, 1].map((input) => routeOf([960, 0], [0, 144], input, []))
  expect(heightOf(second!) - heightOf(first!)).toBe(12)
})

it('goes around a row that stands between', () => {
  const between: Point[] = [0, 240, 480, 720].map((x) => [x, 144])
  expect(routeOf([240, 0], [0, 288], 0, between)).toEqual({ kind: 'around', x: -20, y: 104, y2: 248 })
})

it('crosses no node in any template, as drawn and as arranged', () => {
  let cases = 0
  const crossed: string[] = []
  for (const template of templates) {
    const document = buildTemplate(template)
    const drawn = Object.fromEntries(Object.entries(document.nodes).map(([id, node]) => [id, node.at]))
    for (const places of [drawn, placesOf(document)]) {
      for (const { from, to, input } of document.wires) {
        cases++
        const route = routeOf(places[from]!, places[to]!, input, Object.values(places))
        const [out, into] = SIDES[route.kind]
        const path = pointsOf(pathOf(route, anchored(places[from]!, out), anchored(places[to]!, into)))
        const hit = Object.entries(places).find(([id, at]) => id !== from && id !== to && runsThrough(path, at))
        if (hit) crossed.push(`${template.name}: ${from} to ${to} through ${hit[0]}`)
      }
    }
  }
  console.log(`cases=${cases}`)
  expect(crossed).toEqual([])
})

function heightOf(route: ReturnType<typeof routeOf>): number {
  return 'y' in route ? route.y : NaN
}

/** True if a path with these points has one inside the node. */
function runsThrough(path: readonly Point[], [left, top]: Point): boolean {
  return path.some(([x, y]) => x > left + 1 && x < left + NODE.width - 1 && y > top + 1 && y < top + NODE.height - 1)
}
