import { Download, LibraryBig, Package } from 'lucide-react'
import { describeBlock } from '../../../shared/document/block-edits.js'
import type { Within } from '../../../shared/document/document.js'
import { usesOf } from '../../../shared/document/own-blocks.js'
import { downloadBlock, followTitle } from '../../stores/blocks.js'
import { editRoot, useRoot } from '../../stores/document.js'
import { useLibrary } from '../../stores/library.js'
import type { Place } from '../../stores/place.js'
import { Button } from '../../ui/Button.js'
import { grouped } from '../../ui/format.js'
import { Figures } from '../inspector/Figures.js'
import { NameRow } from '../inspector/NameRow.js'
import { BlockParams } from './BlockParams.js'
import { BlockPorts } from './BlockPorts.js'
import { workWords } from '../inspector/work.js'
import './blocks.css'

/** An own block whose inside is shown, with nothing selected: its name, what it shows outside, and what it costs here. */
export function OwnBlockInspector({ place, within }: { readonly place: Place; readonly within: Within }) {
  const root = useRoot()
  const library = useLibrary()
  const block = root?.blocks[within.block]
  if (!root || !block) return undefined
  const { analysis } = place
  const name = within.block
  return (
    <>
      <header className="inspector-head">
        <span className="family-icon family-block">
          <Package size={16} strokeWidth={1.5} />
        </span>
        <h2>{block.title}</h2>
      </header>
      <div className="form">
        <NameRow
          title="Name"
          label="Name of the block"
          value={block.title}
          onChange={(title) => editRoot(describeBlock(name, { title }), 'block/title')}
          onBlur={() => followTitle(name)}
          onEnter={() => followTitle(name)}
        />
        <NameRow
          title="About"
          label="What the block does"
          placeholder="What it does, in a sentence"
          value={block.doc}
          onChange={(doc) => editRoot(describeBlock(name, { doc }), 'block/doc')}
        />
      </div>
      <BlockParams name={name} block={block} />
      <BlockPorts name={name} block={block} />
      <Figures
        title="Numbers here"
        rows={[
          ['Uses', grouped(usesOf(root, name).length)],
          ['Inputs', grouped(block.inputs.length)],
          ['Outputs', grouped(block.outputs.length)],
          ['Layers, blocks opened', grouped(analysis.graph.nodes.length)],
          ['Parameters', grouped(analysis.parameters.total)],
          ['Multiply-adds', workWords(analysis.multiplyAdds, analysis.anySize !== undefined)],
        ]}
      />
      <div className="inspector-actions inspector-actions-wide">
        <Button wide icon={LibraryBig} onPress={() => void library.keep(name)}>
          Save to my library
        </Button>
        <Button wide icon={Download} onPress={() => downloadBlock(name)}>
          Share as file
        </Button>
      </div>
    </>
  )
}
