import { expect, it } from 'vitest'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { addNode, setParam } from '../../../src/shared/document/commands.js'
import { emptyDocument, type Document } from '../../../src/shared/document/document.js'
import { connect } from '../../../src/shared/document/wires.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { toFlowEdges, toFlowNodes } from '../../../src/renderer/canvas/flow.js'
import { blockScene, documentScene } from '../../../src/renderer/canvas/scene.js'

const NONE = new Set<string>()

function build(...commands: readonly ((document: Document) => Document)[]): Document {
  return commands.reduce((document, command) => command(document), emptyDocument())
}

const branches = build(
  addNode('input', [0, 0]),
  addNode('conv2d', [240, 0]),
  addNode('conv2d', [240, 144]),
  addNode('concat', [480, 0]),
  connect('input', 'conv2d'),
  connect('input', 'conv2d_2'),
  connect('conv2d', 'concat'),
  connect('conv2d_2', 'concat'),
)

it('shows name, setting, shape and parameters of a node, and the shape on its wires', () => {
  const scene = documentScene(branches, analyze(branches))
  expect(scene.nodes.find((node) => node.id === 'conv2d_2')).toEqual({
    id: 'conv2d_2',
    type: 'conv2d',
    title: 'Conv 2D 2',
    at: [240, 144],
    summary: expect.stringContaining('3×3'),
    shape: [32, 32, 64],
    parameters: 1792,
    issue: undefined,
    inputs: 'one',
    output: true,
    openable: false,
  })
  expect(scene.wires.map(({ key, shape }) => [key, shape?.join('x')])).toEqual([
    ['conv2d:0', '32x32x3'],
    ['conv2d_2:0', '32x32x3'],
    ['concat:0', '32x32x64'],
    ['concat:1', '32x32x64'],
  ])
})

it('puts a mismatch on its node, in words', () => {
  const document = setParam('conv2d_2', 'stride', [2, 2])(branches)
  const concat = documentScene(document, analyze(document)).nodes.find((node) => node.id === 'concat')
  expect(concat?.issue?.severity).toBe('error')
  expect(concat?.issue?.message).toMatch(/16.16.64.*32.32.64/)
  expect([concat?.shape, concat?.parameters]).toEqual([undefined, undefined])
})

it('shows what it does not know without failing', () => {
  const document = {
    ...branches,
    nodes: { ...branches.nodes, odd: { type: 'warp_drive', params: { x: 1 }, at: [0, 0] } },
  } as const
  const odd = documentScene(document, analyze(document)).nodes.find((node) => node.id === 'odd')
  expect([odd?.title, odd?.summary]).toEqual(['Odd', 'Unknown type warp_drive'])
})

it('opens every block of every template, laid out and fed from outside', () => {
  let cases = 0
  for (const name of ['googlenet', 'cifar-resnet-20', 'vgg-16', 'inception-mini']) {
    const document = buildTemplate(templateOf(name)!)
    const analysis = analyze(document)
    for (const id of Object.keys(document.nodes).filter((node) => analysis.origins[node]!.layers > 1)) {
      cases++
      const scene = blockScene(document, analysis, id)!
      const inside = scene.nodes.filter((node) => node.title !== 'Block input')
      expect([inside.length, scene.editable]).toEqual([analysis.origins[id]!.layers, false])
      expect(scene.nodes.length - inside.length).toBe(1)
      const sum = inside.reduce((total, node) => total + (node.parameters ?? 0), 0)
      expect(sum).toBe(analysis.origins[id]!.parameters)
    }
    expect(blockScene(document, analysis, 'input')).toBeUndefined()
  }
  console.log(`cases=${cases}`)
})

it('redraws only what changed', () => {
  const scene = documentScene(branches, analyze(branches))
  const nodes = toFlowNodes(scene, NONE, [])
  const edges = toFlowEdges(scene, nodes, { nodes: NONE, wires: NONE }, [])
  const changed = setParam('conv2d', 'filters', 8)(branches)
  const next = documentScene(changed, analyze(changed))
  const nextNodes = toFlowNodes(next, NONE, nodes)
  const same = nodes.filter((node, i) => node === nextNodes[i]).map((node) => node.id)
  expect(same).toEqual(['input', 'conv2d_2'])
  const nextEdges = toFlowEdges(next, nextNodes, { nodes: NONE, wires: NONE }, edges)
  expect(edges.filter((edge, i) => edge !== nextEdges[i]).map((edge) => edge.id)).toEqual(['concat:0'])
  const chosen = toFlowNodes(next, new Set(['concat']), nextNodes)
  expect(chosen.filter((node) => node.selected).map((node) => node.id)).toEqual(['concat'])
})
