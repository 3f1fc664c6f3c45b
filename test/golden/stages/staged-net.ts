/** Output of a node (`stage_2`: of the last block of that stage), and the trainable weights and multiply-adds of all in it. */
type Stage = readonly [node: string, output: readonly number[], trainable?: number, multiplyAdds?: number]

/** What others measured inside their nets. */
export interface StagedNet {
  readonly template: string
  readonly values: Readonly<Record<string, unknown>>
  readonly source: string
  readonly stages: readonly Stage[]
}
