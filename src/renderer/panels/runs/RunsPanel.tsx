import { FolderOutput, GitCompare, History, Pause, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components/Table'
import { parse } from '../../../shared/document/file.js'
import { useHost } from '../../host.js'
import { openDocument } from '../../stores/document.js'
import { useLoaded } from '../../stores/cache.js'
import { sayError } from '../../stores/notices.js'
import { canResume, isActive, type Run } from '../../stores/run.js'
import { useRuns, useServices } from '../../stores/services.js'
import { openDialog } from '../../stores/view.js'
import { Button, IconButton } from '../../ui/Button.js'
import { Dialog } from '../../ui/Dialog.js'
import { EmptyState } from '../../ui/EmptyState.js'
import { grouped } from '../../ui/format.js'
import { Callout } from '../training/Callout.js'
import {
  byColumn,
  COLUMNS,
  lossWords,
  accuracyWords,
  deviceWords,
  stateWords,
  whenWords,
  type ColumnId,
} from './columns.js'
import './runs.css'

/** Every run with how it went; the selected one shows in charts and results. */
export function RunsPanel() {
  const { runs } = useServices()
  const list = useRuns((state) => state.list)
  const all = useRuns((state) => state.runs)
  const [leaving, setLeaving] = useState<Run>()
  if (typeof list === 'object') {
    return (
      <div className="runs-panel">
        <Callout
          kind="error"
          message={list.failed.message}
          hint={list.failed.hint}
          action={<Button onPress={() => void runs.refresh()}>Try again</Button>}
        />
      </div>
    )
  }
  if (all.length === 0) {
    const title = list === 'loading' ? 'Looking for runs' : 'No run yet'
    return (
      <EmptyState icon={History} title={title}>
        Each training is kept here with its net, settings, curves and weights.
      </EmptyState>
    )
  }
  return (
    <div className="runs-panel scroll">
      <RunsTable runs={all} onRemove={setLeaving} />
      <RemoveDialog run={leaving} onClose={() => setLeaving(undefined)} />
    </div>
  )
}

function RunsTable(props: { readonly runs: readonly Run[]; readonly onRemove: (run: Run) => void }) {
  const services = useServices()
  const shown = useRuns((state) => state.shown)
  const devices = useLoaded(services.devices, '')
  const known = devices.state === 'ready' ? devices.value : []
  const [sort, setSort] = useState<{ column: ColumnId; direction: 'ascending' | 'descending' }>({
    column: 'started',
    direction: 'descending',
  })
  const sign = sort.direction === 'ascending' ? 1 : -1
  const rows = [...props.runs].sort((a, b) => sign * byColumn(sort.column, a, b))
  return (
    <Table
      className="runs-table"
      aria-label="Runs"
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={shown ? [shown] : []}
      onSelectionChange={(keys) => {
        const id = keys === 'all' ? undefined : [...keys].map(String)[0]
        if (id) services.runs.show(id).catch(sayError)
      }}
      sortDescriptor={sort}
      onSortChange={({ column, direction }) => setSort({ column: column as ColumnId, direction })}
    >
      <TableHeader>
        {COLUMNS.map(({ id, title }) => (
          <Column key={id} id={id} allowsSorting isRowHeader={id === 'name'} className="runs-column">
            {title}
            {sort.column === id && (
              <span aria-hidden="true" className="runs-column-sort">
                {sign > 0 ? '▲' : '▼'}
              </span>
            )}
          </Column>
        ))}
        <Column id="actions" className="runs-column runs-column-actions">
          <span className="visually-hidden">Actions</span>
        </Column>
      </TableHeader>
      <TableBody>
        {rows.map((run) => (
          <Row key={run.id} id={run.id} className="runs-row" textValue={run.name}>
            <Cell className="runs-cell runs-cell-name">
              <span title={run.name}>{run.name}</span>
            </Cell>
            <Cell className="runs-cell">
              <span className={`run-state run-state-${run.state}`}>{stateWords(run)}</span>
            </Cell>
            <Cell className="runs-cell">{whenWords(run.started)}</Cell>
            <Cell className="runs-cell runs-cell-device">
              <span title={deviceWords(run, known)}>{deviceWords(run, known)}</span>
            </Cell>
            <Cell className="runs-cell mono">{grouped(run.settings.epochs)}</Cell>
            <Cell className="runs-cell">
              <Accuracies of={accuracyWords(run)} />
            </Cell>
            <Cell className="runs-cell mono">{lossWords(run)}</Cell>
            <Cell className="runs-cell runs-cell-actions">
              <Actions run={run} onRemove={() => props.onRemove(run)} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

/** That of the main head always, those of the others where there is room. */
function Accuracies({ of: [main, ...others] }: { readonly of: readonly string[] }) {
  if (main === undefined) return '–'
  return (
    <span title={[main, ...others].join(' · ')}>
      {main}
      {others.length > 0 && <span className="runs-others">{` · ${others.join(' · ')}`}</span>}
    </span>
  )
}

function Actions({ run, onRemove }: { readonly run: Run; readonly onRemove: () => void }) {
  const { api } = useHost()
  const shown = useRuns((state) => state.shown)
  const previous = useRuns(({ runs }) => runs[runs.indexOf(run) + 1]?.id)
  // The keyboard selects the row it comes to: there, the run before is what to compare with.
  const isSelected = shown === run.id
  const other = isSelected ? previous : shown
  const restore = async () => openDocument(parse((await api.runs.document(run.id)).text))
  return (
    <span className="runs-row-actions">
      <GoOn run={run} />
      <IconButton
        icon={GitCompare}
        label={isSelected ? 'Compare with the run before' : 'Compare with the selected run'}
        isDisabled={!other}
        onPress={() => other && openDialog({ kind: 'compare-runs', before: other, after: run.id })}
      />
      <IconButton icon={FolderOutput} label="Restore net" onPress={() => void restore().catch(sayError)} />
      <IconButton icon={Trash2} label="Remove run" isDisabled={isActive(run)} onPress={onRemove} />
    </span>
  )
}

/** Pause a run that goes on, or have one go on that ended early. */
function GoOn({ run }: { readonly run: Run }) {
  const { runs } = useServices()
  const busy = useRuns((state) => state.launch.state === 'sending' || state.runs.some(isActive))
  if (isActive(run)) {
    const pausing = run.state === 'stopping'
    return <IconButton icon={Pause} label="Pause run" isDisabled={pausing} onPress={() => void runs.stop(run.id)} />
  }
  if (!canResume(run)) return undefined
  return <IconButton icon={Play} label="Resume run" isDisabled={busy} onPress={() => void runs.resume(run.id)} />
}

function RemoveDialog({ run, onClose }: { readonly run: Run | undefined; readonly onClose: () => void }) {
  const { runs } = useServices()
  const remove = () => {
    if (run) runs.remove(run.id).catch(sayError)
    onClose()
  }
  return (
    <Dialog
      title="Remove this run?"
      isOpen={run !== undefined}
      onClose={onClose}
      alert
      actions={
        <>
          <Button onPress={onClose}>Keep it</Button>
          <Button kind="danger" onPress={remove}>
            Remove run
          </Button>
        </>
      }
    >
      <p>
        {run?.name}, started {run && whenWords(run.started)}: its weights, curves and exports are deleted from this
        computer. Open documents stay.
      </p>
    </Dialog>
  )
}
