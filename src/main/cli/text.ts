/** Rows as aligned columns; columns named in `right` are set to the right. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = []
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)))
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (right.includes(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join('  ')
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('')
}

/** `11,689,512`. */
export function thousands(value: number): string {
  return value.toLocaleString('en-US')
}

/** `1,497 MB`, in millions of bytes. */
export function megabytes(bytes: number): string {
  return `${thousands(Math.round(bytes / 1e6))} MB`
}

/** `97.3 %`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

/** One JSON value on a line of its own. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`
}
