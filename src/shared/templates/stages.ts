import type { Drawing } from './drawing.js'

/** Draw stages of blocks; every stage but the first halves the image in its first block. */
export function stages(
  drawing: Drawing,
  type: string,
  blocks: readonly number[],
  paramsOf: (stage: number) => Readonly<Record<string, unknown>>,
): void {
  blocks.forEach((count, stage) => {
    drawing.fit(count)
    for (let block = 0; block < count; block++) {
      const stride = stage > 0 && block === 0 ? 2 : 1
      drawing.then(`stage_${stage + 1}_block_${block + 1}`, type, { ...paramsOf(stage), stride })
    }
  })
}

/** Stages that double the width each time. */
export const doubled = (width: number) => (stage: number) => width * 2 ** stage
