import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { changeParam, hideParam } from '../../../shared/document/block-edits.js'
import type { BlockDefinition, BlockParam } from '../../../shared/document/document.js'
import { isParamName } from '../../../shared/document/own-blocks.js'
import { editRoot } from '../../stores/document.js'
import { IconButton } from '../../ui/Button.js'
import { NumberField } from '../../ui/NumberField.js'
import { TextField } from '../../ui/TextField.js'
import { FieldInput } from '../inspector/FieldInput.js'

interface Props {
  readonly name: string
  readonly block: BlockDefinition
}

/** What a block shows outside: names that formulas use, and the value of a new use. */
export function BlockParams({ name, block }: Props) {
  return (
    <section aria-label="Parameters of the block" className="inspector-section">
      <h3 className="section-title">Parameters</h3>
      {block.params.length === 0 && (
        <p className="inspector-doc">
          None yet. Select a layer and make one of its settings a parameter; other settings can then be formulas of it,
          such as <span className="mono">=1.5*N</span>.
        </p>
      )}
      <ul className="block-params">
        {block.params.map((param) => (
          <Row key={param.name} block={name} param={param} taken={block.params} />
        ))}
      </ul>
    </section>
  )
}

interface RowProps {
  readonly block: string
  readonly param: BlockParam
  readonly taken: readonly BlockParam[]
}

function Row({ block, param, taken }: RowProps) {
  const [draft, setDraft] = useState<string>()
  const problem = draft === undefined ? undefined : nameProblem(draft, param, taken)
  const rename = () => {
    if (draft === undefined || problem !== undefined) return
    editRoot(changeParam(block, param.name, { name: draft }))
    setDraft(undefined)
  }
  return (
    <li className="block-param">
      <TextField
        label={`Name of parameter ${param.name}`}
        hideLabel
        mono
        value={draft ?? param.name}
        onChange={setDraft}
        onBlur={rename}
        onEnter={rename}
        onEscape={() => setDraft(undefined)}
        problem={problem}
      />
      <FieldInput
        label={`Value of ${param.name} for a new use`}
        field={param}
        value={param.default}
        onChange={(value) =>
          editRoot(changeParam(block, param.name, { default: value } as Partial<BlockParam>), `block/${param.name}`)
        }
      />
      <IconButton
        icon={Trash2}
        label={`Take ${param.name} back into the block`}
        onPress={() => editRoot(hideParam(block, param.name))}
      />
      {'min' in param && <Limits block={block} param={param} />}
    </li>
  )
}

/** Least and largest value that a use may have. */
function Limits({
  block,
  param,
}: {
  readonly block: string
  readonly param: BlockParam & { min: number; max: number }
}) {
  const set = (limits: { readonly min?: number; readonly max?: number }) =>
    editRoot(changeParam(block, param.name, limits), `block/${param.name}/limits`)
  const values = Array.isArray(param.default) ? param.default.map(Number) : [Number(param.default)]
  const integer = param.kind !== 'number'
  return (
    <div className="block-limits">
      <span className="block-limits-word">from</span>
      <NumberField
        hideLabel
        label={`Least value of ${param.name}`}
        value={param.min}
        max={Math.min(...values)}
        integer={integer}
        onChange={(min) => set({ min })}
      />
      <span className="block-limits-word">to</span>
      <NumberField
        hideLabel
        label={`Largest value of ${param.name}`}
        value={param.max}
        min={Math.max(...values)}
        integer={integer}
        onChange={(max) => set({ max })}
      />
    </div>
  )
}

/** What is wrong with a new name, in words. */
function nameProblem(name: string, param: BlockParam, taken: readonly BlockParam[]): string | undefined {
  if (name === param.name) return undefined
  if (!isParamName(name)) return 'Letters, digits and _ only, a letter first, no function.'
  return taken.some((other) => other.name === name) ? `There is a parameter ${name} already.` : undefined
}
