import { ArrowDown, ArrowUp } from 'lucide-react'
import { movePort } from '../../../shared/document/block-edits.js'
import type { BlockDefinition, BlockPort } from '../../../shared/document/document.js'
import { editRoot } from '../../stores/document.js'
import { select } from '../../stores/selection.js'
import { IconButton } from '../../ui/Button.js'

interface Props {
  readonly name: string
  readonly block: BlockDefinition
}

/** Inputs and outputs of a block in their order, where it has several; press one to select it. */
export function BlockPorts({ name, block }: Props) {
  return (
    <>
      <List name={name} title="Inputs" ports={block.inputs} />
      <List name={name} title="Outputs" ports={block.outputs} />
    </>
  )
}

function List({
  name,
  title,
  ports,
}: {
  readonly name: string
  readonly title: string
  readonly ports: readonly BlockPort[]
}) {
  // prettier-ignore
  if (ports.length < 2) return undefined
  return (
    <section aria-label={title} className="inspector-section">
      <h3 className="section-title">{title}</h3>
      <ol className="block-ports">
        {ports.map(({ id }, at) => (
          <li key={id} className="block-port">
            <button type="button" className="head-row mono" onClick={() => select([id])}>
              {id}
            </button>
            <IconButton
              icon={ArrowUp}
              label={`Move ${id} up`}
              isDisabled={at === 0}
              onPress={() => editRoot(movePort(name, id, -1))}
            />
            <IconButton
              icon={ArrowDown}
              label={`Move ${id} down`}
              isDisabled={at === ports.length - 1}
              onPress={() => editRoot(movePort(name, id, 1))}
            />
          </li>
        ))}
      </ol>
    </section>
  )
}
