/**
 * The class that a head answers with, from one row of its output: the most probable one, the first of equals; for a head that
 * answers with a number, one value where there are several classes, the class nearest to it.
 */
export function answeredClass(row: readonly number[], classes: number): number {
  if (isNumber(row, classes)) return Math.min(Math.max(Math.round(row[0] ?? 0), 0), classes - 1)
  return row.reduce((best, value, k) => (value > (row[best] as number) ? k : best), 0)
}

/** Whether a row is one number that stands for a class, not a probability of each. */
export function isNumber(row: readonly number[], classes: number): boolean {
  return row.length === 1 && classes > 1
}
