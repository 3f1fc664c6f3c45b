import { plainIssue, AppError, type Issue } from '../../../shared/errors.js'
import { analyze } from '../../../shared/graph/analyze.js'
import type { Analysis } from '../../../shared/graph/graph.js'
import { shapeText } from '../../../shared/layers/shapes.js'
import { paperCheck, paperCheckText, type PaperCheck } from '../../../shared/templates/paper-check.js'
import { oneArgument, readDocument } from '../arguments.js'
import { defineCommand } from '../command.js'
import { jsonLine, table, thousands } from '../text.js'

export const check = defineCommand({
  name: 'check',
  doc: 'Show shapes, parameters, multiply-adds and problems of a document.',
  usage: '<file> [--input HxWxC] [--json]',
  options: {
    input: { kind: 'text', value: 'HxWxC', doc: 'Size of the images, instead of what the document says.' },
    json: { kind: 'flag', doc: 'Print JSON.' },
  },
  async run({ values, rest }, world) {
    const { document } = await readDocument(oneArgument(rest, 'file'), world)
    const analysis = analyze(document, values.input === undefined ? {} : { input: readSize(values.input) })
    // The paper's numbers hold for the size that the document says.
    const paper = paperCheck(document, values.input === undefined ? analysis : analyze(document))
    world.out(values.json ? jsonLine(plain(analysis, paper)) : describe(analysis, paper))
    return analysis.issues.some(({ severity }) => severity === 'error') ? 1 : 0
  },
})

function readSize(text: string): readonly [number, number, number] {
  const [, height, width, channels] = /^(\d+)x(\d+)x(\d+)$/.exec(text) ?? []
  const size = [Number(height), Number(width), Number(channels)] as const
  if (size.every((extent) => Number.isSafeInteger(extent) && extent > 0 && extent <= 65_536)) return size
  const hint = 'Write height, width and channels, each 1 to 65,536: --input 224x224x3.'
  throw new AppError('input/invalid', `--input cannot be ${text}.`, hint)
}

/** The analysis in the stable form that scripts rely on. */
function plain({ heads, parameters, multiplyAdds, graph, nodes, issues }: Analysis, paper: PaperCheck | undefined) {
  return {
    heads: heads.map(({ id, shape, weight }) => ({ id, shape, weight })),
    parameters,
    multiplyAdds,
    nodes: graph.nodes.flatMap(({ id }) => {
      const facts = nodes[id]
      if (!facts) return []
      const { type, output, parameters, multiplyAdds } = facts
      return [{ id, type, output, parameters, multiplyAdds }]
    }),
    issues: issues.map(plainIssue),
    ...(paper && { paper: plainPaper(paper) }),
  }
}

function plainPaper(paper: PaperCheck) {
  const { template, kind, published } = paper
  const where = paper.kind === 'deviates' ? paper.first.where : undefined
  return { template: template.name, kind, message: paperCheckText(paper), published, ...(where && { where }) }
}

function describe(analysis: Analysis, paper: PaperCheck | undefined): string {
  const { heads, parameters, multiplyAdds, issues, nodes, graph } = analysis
  const rows = graph.nodes.flatMap(({ id }) => {
    const facts = nodes[id]
    if (!facts) return []
    const output = facts.output ? shapeText(facts.output) : '?'
    return [[id, facts.type, output, thousands(facts.parameters), thousands(facts.multiplyAdds)]]
  })
  const headings = ['node', 'layer', 'output', 'parameters', 'multiply-adds']
  const total = `${thousands(parameters.total)} parameters, ${thousands(parameters.trainable)} of them trainable`
  const ends = heads.map(({ id, shape, weight }) => `${id} ${shape ? shapeText(shape) : '?'} (weight ${weight})`)
  const parts = [
    table([headings, ...rows], [2, 3, 4]),
    `${total}\n${thousands(multiplyAdds)} multiply-adds\nheads: ${ends.join(', ')}\n`,
    ...(paper ? [`${paper.template.title}: ${paperCheckText(paper)}\n`] : []),
  ]
  return [...parts, ...(issues.length > 0 ? [issues.map(describeIssue).join('')] : [])].join('\n')
}

function describeIssue({ severity, message, hint, where }: Issue): string {
  const place = [where.inner ?? where.node, where.param].filter((part) => part !== undefined).join('.')
  return `${severity}${place === '' ? '' : ` at ${place}`}: ${message}\n  ${hint}\n`
}
