import type { Document } from '../../../shared/document/document.js'
import { knownSizesOf, sizeWords } from '../../../shared/graph/any-size/any-size.js'
import type { Analysis } from '../../../shared/graph/graph.js'
import { memoryOf } from '../../../shared/program/memory.js'
import { DEFAULT_SETTINGS, OPTIMIZERS } from '../../../shared/training/settings.js'
import { grouped, shapeWords, withTimes, words } from '../../ui/format.js'
import { settingsOf } from '../training/settings.js'
import { bytesWords } from '../export/words.js'
import { Figures } from './Figures.js'
import { intensityRow } from '../../sight/sight.js'
import { workWords } from './work.js'

interface Props {
  readonly document: Document
  readonly analysis: Analysis
}

/** Totals of the net: size, cost, depth, and which images it takes. */
export function NetFigures({ document, analysis }: Props) {
  const { parameters, multiplyAdds, heads, input } = analysis
  const depth = heads[0]?.depth
  const sizes = knownSizesOf(document, analysis.issues)
  return (
    <>
      <Figures
        title="Numbers"
        rows={[
          ['Input', input ? shapeWords(input.shape) : 'none yet'],
          ['Nodes', grouped(Object.keys(document.nodes).length)],
          ['Layers, blocks opened', grouped(analysis.graph.nodes.length)],
          ['Parameters', grouped(parameters.total)],
          ['of these trainable', parameters.trainable === parameters.total ? undefined : grouped(parameters.trainable)],
          ['Multiply-adds', workWords(multiplyAdds, analysis.anySize !== undefined)],
          ['Depth', depth && `${grouped(depth.longest)} layers`],
          ['Shortest way back', depth && `${grouped(depth.shortest)} layers`],
          intensityRow(analysis, Object.keys(analysis.nodes), batchOf(document)),
        ]}
      />
      {sizes && <p className="inspector-note">{withTimes(sizeWords(sizes))}</p>}
      <MemoryFigures document={document} analysis={analysis} />
    </>
  )
}

/** Bytes of a training step with the batch and the optimizer that the document remembers. */
function MemoryFigures({ document, analysis }: Props) {
  const batch = batchOf(document)
  const optimizer = OPTIMIZERS.find((name) => name === document.training['optimizer']) ?? DEFAULT_SETTINGS.optimizer
  const { microBatches, averageDecay } = settingsOf(document)
  const settings = { batch, optimizer, microBatches, averageDecay }
  const memory = analysis.parameters.total > 0 ? memoryOf(analysis, settings) : undefined
  if (!memory) return undefined
  return (
    <Figures
      title={`Memory for ${grouped(batch)} images, ${words(optimizer).toLowerCase()}`}
      rows={[
        ['Weights', bytesWords(memory.weights)],
        ['Gradients', bytesWords(memory.gradients)],
        ['Optimizer', memory.slots > 0 ? bytesWords(memory.slots) : undefined],
        ['Activations, about', bytesWords(memory.activations)],
        ['Training, about', bytesWords(memory.total)],
      ]}
    />
  )
}

/** Images at a time as the document remembers them. */
export function batchOf({ training }: Document): number {
  const batch = training['batch']
  return typeof batch === 'number' && Number.isSafeInteger(batch) && batch > 0 ? batch : DEFAULT_SETTINGS.batch
}
