import type { Document } from '../../shared/document/document.js'
import { plainIssue, type Issue } from '../../shared/errors.js'
import { knownSizesOf, sizeWords } from '../../shared/graph/any-size/any-size.js'
import { groupHints } from '../../shared/graph/hints/group.js'
import type { Analysis, HeadFacts, ReceptiveField } from '../../shared/graph/graph.js'
import { strideText } from '../../shared/graph/sight.js'
import { shapeText } from '../../shared/layers/shapes.js'
import { intensityOf, memoryOf, type MemorySettings } from '../../shared/program/memory.js'
import { paperCheckText, type PaperCheck } from '../../shared/templates/paper-check.js'
import { table, thousands } from './text.js'

/** A document with what is known of it, and what its memory is asked for. */
export interface Checked {
  readonly document: Document
  readonly analysis: Analysis
  readonly memory: MemorySettings
  readonly paper: PaperCheck | undefined
}

/** The analysis in the stable form that scripts rely on. */
export function plainCheck({ document, analysis, memory, paper }: Checked) {
  const { heads, parameters, multiplyAdds, graph, nodes, issues, hints, receptiveFields } = analysis
  const sizes = knownSizesOf(document, analysis.issues)
  const bytes = memoryOf(analysis, memory)
  return {
    heads: heads.map(({ id, shape, weight, depth }) => ({ id, shape, weight, depth })),
    parameters,
    multiplyAdds,
    ...(bytes && { memory: { ...memory, bytes } }),
    ...(sizes && { sizes: { height: sizes.height.rule, width: sizes.width.rule } }),
    nodes: graph.nodes.flatMap(({ id }) => {
      const facts = nodes[id]
      if (!facts) return []
      const { type, output, parameters, multiplyAdds, padding } = facts
      const field = receptiveFields.get(id)
      return [
        { id, type, output, parameters, multiplyAdds, ...(field && { receptiveField: plainField(field) }), padding },
      ]
    }),
    issues: issues.map(plainWithFix),
    hints: hints.map(plainWithFix),
    ...(paper && { paper: plainPaper(paper) }),
  }
}

/** What the place sees that sees most; what each place of a layer sees would fill pages. */
function plainField(field: ReceptiveField) {
  return field === 'all' ? field : field.map(({ size, stride, first }) => ({ size, stride, first }))
}

function plainWithFix(issue: Issue) {
  return { ...plainIssue(issue), ...(issue.fix && { fix: issue.fix.title }) }
}

function plainPaper(paper: PaperCheck) {
  const { template, kind, published } = paper
  const where = paper.kind === 'deviates' ? paper.first.where : undefined
  return { template: template.name, kind, message: paperCheckText(paper), published, ...(where && { where }) }
}

/** The analysis as a person reads it: a table of layers, sums, problems and hints. */
export function describeCheck(checked: Checked): string {
  const { nodes, graph, receptiveFields, issues, hints } = checked.analysis
  const rows = graph.nodes.flatMap(({ id }) => {
    const facts = nodes[id]
    if (!facts) return []
    const output = facts.output ? shapeText(facts.output) : '?'
    const sees = sightText(receptiveFields.get(id))
    return [[id, facts.type, output, thousands(facts.parameters), thousands(facts.multiplyAdds), sees]]
  })
  const headings = ['node', 'layer', 'output', 'parameters', 'multiply-adds', 'sees']
  const problems = [...issues.map(describeIssue), ...describeHints(hints)]
  const parts = [table([headings, ...rows], [2, 3, 4, 5]), describeSums(checked)]
  return [...parts, ...(problems.length > 0 ? [problems.join('')] : [])].join('\n')
}

function describeSums({ document, analysis, memory, paper }: Checked): string {
  const { heads, parameters, multiplyAdds, nodes } = analysis
  const bytes = memoryOf(analysis, memory)
  const intensity = intensityOf(Object.values(nodes), memory.batch)
  const sizes = knownSizesOf(document, analysis.issues)
  const lines = [
    `${thousands(parameters.total)} parameters, ${thousands(parameters.trainable)} of them trainable`,
    `${thousands(multiplyAdds)} multiply-adds`,
    ...(intensity === undefined ? [] : [`${intensity.toFixed(1)} operations per byte moved, ${memory.batch} images`]),
    ...(bytes
      ? [
          `about ${mebibytes(bytes.total)} to train ${memory.batch} images with ${memory.optimizer}: ${mebibytes(bytes.weights)} weights, ` +
            `${mebibytes(bytes.gradients)} gradients, ${mebibytes(bytes.slots)} slots, about ${mebibytes(bytes.activations)} activations`,
        ]
      : []),
    `heads: ${heads.map(describeHead).join(', ')}`,
    ...(sizes ? [`images: ${sizeWords(sizes)}`] : []),
    ...(paper ? [`${paper.template.title}: ${paperCheckText(paper)}`] : []),
  ]
  return `${lines.join('\n')}\n`
}

function describeHead({ id, shape, weight, depth }: HeadFacts): string {
  const ways = depth && `, ${depth.longest} layers deep, ${depth.shortest} on the shortest way`
  return `${id} ${shape ? shapeText(shape) : '?'} (weight ${weight}${ways ?? ''})`
}

/** `83 / 8`: pixels that a place sees of the image, and how far apart places are; `all`. */
function sightText(field: ReceptiveField | undefined): string {
  if (field === undefined || field === 'all') return field ?? '?'
  const text = (values: readonly number[]) => (values[0] === values[1] ? `${values[0]}` : values.join('x'))
  return `${text(field.map(({ size }) => size))} / ${strideText(field)}`
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}

/** An issue in a few lines: what is wrong and where, what is needed, and what `netwright fix` would do about it. */
export function describeIssue({ severity, message, hint, where, fix }: Issue): string {
  const place = [where.inner ?? where.node, where.param].filter((part) => part !== undefined).join('.')
  return `${severity}${place === '' ? '' : ` at ${place}`}: ${message}\n  ${hint}\n${fixLine(fix)}`
}

function fixLine(fix: Issue['fix']): string {
  return fix ? `  Fix: ${fix.title}.\n` : ''
}

/** Each kind of hint once, with how many more there are. */
function describeHints(hints: readonly Issue[]): readonly string[] {
  return groupHints(hints).map(({ first, more, fix }) => {
    const others = more.length > 0 ? `  So at ${more.map(({ where }) => where.inner ?? where.node).join(', ')}.\n` : ''
    return `hint: ${first.message}\n  ${first.hint}\n${others}${fixLine(fix)}`
  })
}
