import type { Device } from '../../../shared/api.js'
import type { Run } from '../../stores/run.js'
import { percent, words } from '../../ui/format.js'

export const COLUMNS = [
  { id: 'name', title: 'Run' },
  { id: 'state', title: 'State' },
  { id: 'started', title: 'Started' },
  { id: 'device', title: 'Device' },
  { id: 'epochs', title: 'Epochs' },
  { id: 'accuracy', title: 'Accuracy' },
  { id: 'loss', title: 'Loss' },
] as const

export type ColumnId = (typeof COLUMNS)[number]['id']

/** Order of two runs in a column, ascending; runs without a value come first. */
export function byColumn(column: ColumnId, a: Run, b: Run): number {
  const [x, y] = [valueOf(column, a), valueOf(column, b)]
  if (typeof x === 'number' && typeof y === 'number') return x - y || byColumn('started', a, b)
  return String(x).localeCompare(String(y)) || a.id.localeCompare(b.id)
}

function valueOf(column: ColumnId, run: Run): string | number {
  switch (column) {
    case 'name':
      return run.name
    case 'state':
      return run.state
    case 'started':
      return run.started
    case 'device':
      return deviceWords(run)
    case 'epochs':
      return run.settings.epochs
    case 'accuracy':
      return (mainHead(run) && run.validation?.heads[mainHead(run)!]?.accuracy) ?? -1
    case 'loss':
      return run.validation?.loss ?? -1
  }
}

function mainHead(run: Run): string | undefined {
  return run.heads[0] ?? Object.keys(run.validation?.heads ?? {})[0]
}

/** Last validation accuracy of each head, the main one first: `Main 88 %`, `Aux 1 84 %`. */
export function accuracyWords(run: Run): readonly string[] {
  const heads = run.validation?.heads ?? {}
  const order = [
    ...run.heads.filter((id) => id in heads),
    ...Object.keys(heads).filter((id) => !run.heads.includes(id)),
  ]
  return order.map((id) => `${words(id)} ${percent(heads[id]!.accuracy)}`)
}

/** What it runs on; before its events are there, what was asked for. */
export function deviceWords(run: Run, devices: readonly Device[] = []): string {
  const name = run.start?.device ?? run.settings.device
  return devices.find((device) => device.name === name)?.title ?? name
}

export function lossWords(run: Run): string {
  return run.validation ? run.validation.loss.toFixed(3) : '–'
}

export function stateWords(run: Run): string {
  const words = { starting: 'Starting', running: 'Training', stopping: 'Pausing', finished: 'Finished' } as const
  return run.state === 'stopped' ? 'Paused' : run.state === 'failed' ? 'Failed' : words[run.state]
}

/** `2 Jan, 10:00` in the time zone of the reader. */
export function whenWords(iso: string): string {
  const options = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  return new Date(iso).toLocaleString('en-GB', options)
}
