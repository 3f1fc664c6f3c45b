/** The batch to try where one did not fit into memory: half of it; `undefined` if it cannot be smaller. `smallerBatch(33)` is 16. */
export function smallerBatch(batch: number): number | undefined {
  return batch > 1 ? Math.floor(batch / 2) : undefined
}
