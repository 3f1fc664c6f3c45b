import type { Job, JobContext, JobResult, JobResults } from './jobs.js'

type Runner<K extends Job['kind']> = (job: Extract<Job, { kind: K }>, context: JobContext) => Promise<JobResults[K]>

/** One file per job, loaded when it is asked for: listing devices need not load an image decoder. */
const JOBS: { readonly [K in Job['kind']]: () => Promise<Runner<K>> } = {
  train: async () => (await import('./jobs/train.js')).train,
  resume: async () => (await import('./jobs/resume.js')).resume,
  evaluate: async () => (await import('./jobs/evaluate.js')).evaluate,
  probe: async () => (await import('./jobs/probe.js')).probe,
  predict: async () => (await import('./jobs/predict.js')).predict,
  export: async () => (await import('./jobs/export.js')).exportModel,
  describe: async () => (await import('./jobs/describe.js')).describe,
  devices: async () => (await import('./jobs/devices.js')).devices,
  device: async () => (await import('./jobs/devices.js')).device,
  engine: async () => (await import('./jobs/devices.js')).engine,
  worker: async () => (await import('./jobs/worker.js')).worker,
  memory: async () => (await import('./jobs/devices.js')).memory,
  benchmark: async () => (await import('./jobs/devices.js')).measureSpeed,
}

/** Do a job in this process. */
export async function runJob<J extends Job>(job: J, context: JobContext): Promise<JobResult<J>> {
  const run = (await JOBS[job.kind]()) as unknown as (job: J, context: JobContext) => Promise<JobResult<J>>
  return run(job, context)
}
