import type { HeadMetrics, TrainingEvent } from '../../shared/training/events.js'

/** A growing column of numbers: `values` is a view, so that appending copies nothing most of the time. */
export class Column {
  #data = new Float64Array(64)
  #length = 0

  get length(): number {
    return this.#length
  }

  get values(): Float64Array {
    return this.#data.subarray(0, this.#length)
  }

  /** Forget what came after the first `length` values. */
  shorten(length: number): void {
    this.#length = Math.min(this.#length, length)
  }

  push(value: number): void {
    if (this.#length === this.#data.length) {
      const larger = new Float64Array(2 * this.#length)
      larger.set(this.#data)
      this.#data = larger
    }
    this.#data[this.#length++] = value
  }
}

interface HeadColumns {
  readonly loss: Column
  readonly accuracy: Column
}

/** Metrics of one part of the data, a row per step or per validation; heads in order of appearance. */
export interface Table {
  readonly step: Column
  readonly epoch: Column
  readonly heads: Map<string, HeadColumns>
}

/** The numbers of a run, outside React: charts read the columns, which grow in place, and watch the version of the runs. */
export interface Metrics {
  readonly train: Table
  readonly validation: Table
}

export function emptyMetrics(): Metrics {
  return { train: emptyTable(), validation: emptyTable() }
}

/** Append what an event measured, in place. */
export function record(metrics: Metrics, event: TrainingEvent): void {
  if (event.type === 'start' && event.resumed !== undefined) takeBack(metrics, event.resumed)
  if (event.type === 'step') append(metrics.train, event)
  if (event.type === 'validation') append(metrics.validation, event)
}

/** A run goes on after `step` updates: what it had told of later ones counts no more. */
function takeBack({ train, validation }: Metrics, step: number): void {
  for (const table of [train, validation]) {
    const rows = table.step.values.findIndex((value) => value > step)
    if (rows < 0) continue
    const heads = [...table.heads.values()].flatMap(({ loss, accuracy }) => [loss, accuracy])
    for (const column of [table.step, table.epoch, ...heads]) column.shorten(rows)
  }
}

function emptyTable(): Table {
  return { step: new Column(), epoch: new Column(), heads: new Map() }
}

interface Row {
  readonly step: number
  readonly epoch: number
  readonly heads: Readonly<Record<string, HeadMetrics>>
}

function append(table: Table, row: Row): void {
  for (const id of Object.keys(row.heads)) if (!table.heads.has(id)) table.heads.set(id, missing(table.step.length))
  table.step.push(row.step)
  table.epoch.push(row.epoch)
  for (const [id, columns] of table.heads) {
    columns.loss.push(row.heads[id]?.loss ?? NaN)
    columns.accuracy.push(row.heads[id]?.accuracy ?? NaN)
  }
}

/** Columns of a head that appears late: its earlier rows are unknown. */
function missing(rows: number): HeadColumns {
  const columns = { loss: new Column(), accuracy: new Column() }
  for (let row = 0; row < rows; row++) {
    columns.loss.push(NaN)
    columns.accuracy.push(NaN)
  }
  return columns
}
