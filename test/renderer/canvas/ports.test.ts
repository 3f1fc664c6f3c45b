import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { toFlowEdges, toFlowNodes } from '../../../src/renderer/canvas/flow.js'
import { portIndex, portsOf } from '../../../src/renderer/canvas/ports.js'
import { documentScene } from '../../../src/renderer/canvas/scene.js'
import { parse } from '../../../src/shared/document/file.js'
import { analyze } from '../../../src/shared/graph/analyze.js'

const file = new URL('../../files/v2/own-blocks.netwright.json', import.meta.url)
const document = parse(readFileSync(file, 'utf8'))
const scene = documentScene(document, analyze(document))

it('gives each named port of an own block a place, and all other nodes one on a side', () => {
  const ports = (id: string) => portsOf(scene.nodes.find((node) => node.id === id)!)
  expect(ports('first')).toEqual([
    { id: 'in', side: 'in', index: 0, y: 32 },
    { id: 'out', side: 'out', index: 0, name: 'narrow', y: 21 },
    { id: 'out:1', side: 'out', index: 1, name: 'broad', y: 43 },
  ])
  expect(ports('cat').map(({ id }) => id)).toEqual(['in', 'out'])
  expect(ports('input').map(({ id }) => id)).toEqual(['out'])
  expect(ports('main').map(({ id }) => id)).toEqual(['in'])
  expect(['in', 'out', 'out:1', 'in:12', undefined].map(portIndex)).toEqual([0, 0, 1, 12, 0])
})

it('draws a wire from the output it leaves, with the shape of that output', () => {
  const nodes = toFlowNodes(scene, new Set(), [])
  const edges = toFlowEdges(scene, nodes, { nodes: new Set(), wires: new Set() }, [])
  const drawn = edges.map(({ id, source, sourceHandle, data }) => [id, source, sourceHandle, data?.label])
  expect(drawn.filter(([, source]) => source === 'first' || source === 'second')).toEqual([
    ['cat:0', 'first', expect.stringMatching(/^out(-|$)/), '8×8×6'],
    ['cat:1', 'second', 'out:1', '8×8×16'],
    ['second:0', 'first', expect.stringMatching(/^out/), '8×8×12'],
  ])
  for (const { handles } of nodes) expect(new Set(handles?.map(({ id }) => id)).size).toBe(handles?.length)
})
