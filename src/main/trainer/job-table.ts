import type { Job, JobContext, JobResult, JobResults } from './jobs.js'

type Runner<K extends Job['kind']> = (job: Extract<Job, { kind: K }>, context: JobContext) => Promise<JobResults[K]>

/** One file per job, loaded when it is asked for: listing devices need not load an image decoder. */
const JOBS: { readonly [K in Job['kind']]: () => Promise<Runner<K>> } = {
  train: async () => (await import('./train.js')).train,
  resume: async () => (await import('./resume.js')).resume,
  evaluate: async () => (await import('./evaluate.js')).evaluate,
  probe: async () => (await import('./probe.js')).probe,
  predict: async () => (await import('./predict.js')).predict,
  export: async () => (await import('./export.js')).exportModel,
  describe: async () => (await import('./describe.js')).describe,
  devices: async () => (await import('./devices/jobs.js')).devices,
  device: async () => (await import('./devices/jobs.js')).device,
  engine: async () => (await import('./devices/jobs.js')).engine,
  worker: async () => (await import('./worker.js')).worker,
  memory: async () => (await import('./devices/jobs.js')).memory,
  benchmark: async () => (await import('./devices/jobs.js')).measureSpeed,
}

/** Do a job in this process. */
export async function runJob<J extends Job>(job: J, context: JobContext): Promise<JobResult<J>> {
  const run = (await JOBS[job.kind]()) as unknown as (job: J, context: JobContext) => Promise<JobResult<J>>
  return run(job, context)
}
