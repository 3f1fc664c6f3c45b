import type { ErrorData } from './errors.js'
import type { DeviceName } from './training/settings.js'

/** Builds of TensorFlow: the usual one, the one with CUDA for NVIDIA cards, and Intel's older one that shares work by OpenMP. */
export const ENGINE_BUILDS = ['processor', 'cuda', 'openmp'] as const
export type EngineBuild = (typeof ENGINE_BUILDS)[number]

/** Engines of TensorFlow that may stand side by side, each a device of its own: the usual one, with or without CUDA, and Intel's. */
export const ENGINES = ['tensorflow', 'tensorflow-openmp'] as const
export type EngineName = (typeof ENGINES)[number]

/** What people call them. */
export const ENGINE_TITLES: Readonly<Record<EngineName, string>> = {
  tensorflow: 'TensorFlow',
  'tensorflow-openmp': 'TensorFlow with OpenMP',
}

/** The engine that a build is, in the place of another build of the same. */
export function engineOfBuild(build: EngineBuild): EngineName {
  return build === 'openmp' ? 'tensorflow-openmp' : 'tensorflow'
}

/** Devices that TensorFlow computes on. */
export type TensorFlowDevice = Extract<DeviceName, `tensorflow-${string}`>

/** True for the devices that need an engine of TensorFlow. */
export function isTensorFlow(device: DeviceName): device is TensorFlowDevice {
  return device.startsWith('tensorflow-')
}

/** The engine that a device is computed by. */
export function engineOfDevice(device: TensorFlowDevice): EngineName {
  return device === 'tensorflow-openmp' ? device : 'tensorflow'
}

/** A package of TensorFlow that this computer can get. */
export interface EngineOffer {
  readonly build: EngineBuild
  /** What pip is asked for: `tensorflow-cpu 2.21.0`. */
  readonly title: string
  /** Bytes that are fetched, about. */
  readonly download: number
  /** Bytes that it takes on the disk, about. */
  readonly disk: number
  /** The Python that would fetch it; missing where there is none that fits. */
  readonly python?: { readonly command: string; readonly version: string }
}

/** What is here of an engine. */
export interface EngineHere {
  readonly name: EngineName
  /** What trainings use, whoever brought it. */
  readonly library?: { readonly version?: string; readonly source: string; readonly path: string }
  /** What Netwright itself has installed, which it can remove: bytes on the disk. */
  readonly own?: { readonly version?: string; readonly bytes: number }
}

/** TensorFlow, the fast engine, on this computer: what is here, and what it would take to get it. */
export interface EngineFacts {
  /** One for each of `ENGINES`, in that order. */
  readonly engines: readonly EngineHere[]
  /** Where engines go, each into a folder of its own. */
  readonly folder: string
  /** Bytes free there. */
  readonly free?: number
  /** Empty where TensorFlow has no package that Netwright can use. */
  readonly offers: readonly EngineOffer[]
  /** An NVIDIA driver is there. */
  readonly nvidia: boolean
  /** Why it cannot be got here, and what would help. */
  readonly obstacle?: ErrorData
}

/** Steps of an installation, in their order. */
export const INSTALL_STEPS = ['environment', 'download', 'unpack'] as const
export type InstallStep = (typeof INSTALL_STEPS)[number]

/** How far an installation is. */
export interface InstallProgress {
  readonly step: InstallStep
  /** What is fetched: `tensorflow_cpu 2.21.0`. */
  readonly file?: string
  /** Bytes of that file. */
  readonly done?: number
  readonly total?: number
  /** Bytes of all files so far. */
  readonly received: number
}

/** What is being done about the engine, or how it ended. */
export type EngineWork =
  | { readonly state: 'idle' }
  | {
      readonly state: 'installing'
      readonly build: EngineBuild
      readonly progress: InstallProgress
      readonly stopping: boolean
    }
  | { readonly state: 'removing'; readonly engine: EngineName }
  | { readonly state: 'ended'; readonly engine: EngineName; readonly how: 'installed' | 'removed' | 'stopped' }
  | { readonly state: 'failed'; readonly error: ErrorData }

/** Whether something is being done that has not ended. */
export function isWorking({ state }: EngineWork): boolean {
  return state === 'installing' || state === 'removing'
}

export interface EngineStatus {
  readonly work: EngineWork
  /** The last lines that Python and pip printed. */
  readonly log: readonly string[]
}
