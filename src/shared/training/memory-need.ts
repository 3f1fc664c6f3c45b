import type { DeviceName, TrainingSettings } from './settings.js'

/**
 * How a need is known: from the analysis of the net; from the lifetimes of the traced step; or from the most that a trainer of
 * this net has had, moved to another batch by what an image takes.
 */
export type MemoryBasis = 'estimated' | 'traced' | 'measured'

/** Bytes that training takes at its peak, by what they are for. */
export interface MemoryNeed {
  readonly basis: MemoryBasis
  /** Program and libraries, before any net. */
  readonly runtime: number
  /** Weights, statistics and what the optimizer remembers. */
  readonly state: number
  /** Images and everything between layers, and what kernels need for themselves. */
  readonly values: number
  /** All of it. */
  readonly needed: number
  /** What one more image in memory takes. */
  readonly perImage: number
}

/** Bytes of a device; left out where it does not tell. */
export interface MemoryRoom {
  readonly total?: number
  /** What nobody uses now. */
  readonly free?: number
}

/** What a net needs beside what its device has, bytes. */
export interface MemoryEstimate extends MemoryNeed, MemoryRoom {
  /** The device it is for: the chosen one, or where that is left open the likely one. */
  readonly device: DeviceName
}

/** The device that every computer has, for nets of which nothing is known yet. */
export const LIKELY_DEVICE = 'onnx-cpu'

/** How runtimes differ. */
export interface MemoryRules {
  /** Buffers for each state tensor that a step changes. */
  readonly buffers: 1 | 2
  /** Bytes of the process before any net. */
  readonly base: number
  /** Bytes for each kernel of a step: what is compiled and planned for it. */
  readonly perKernel: number
  /** What the process takes for each byte of state: copies on the way there, gradients that wait for their update. */
  readonly state: number
  /** What it takes for each byte that lifetimes ask for: allocators leave gaps, and kernels need memory for themselves. */
  readonly values: number
}

const [KB, MB] = [1e3, 1e6]

/**
 * ONNX Runtime reads one buffer of the state and writes another; TensorFlow assigns to variables. The other numbers are
 * fitted, by relative least squares, to the most resident memory of trainers on Linux: ten nets from ResNet-20 to AlexNet,
 * SE-ResNet-50 and DenseNet-121 with momentum, which they meet within 0.85 and 1.08 (ONNX Runtime 1.30; the least is GoogLeNet) and
 * 0.89 and 1.04 (TensorFlow 2.21). Intel's build with OpenMP differs from that by its base: 89 to 141 MB less on the six nets of the bench.
 */
export const MEMORY_RULES: Readonly<Record<'onnx' | 'tensorflow' | 'openMp', MemoryRules>> = {
  onnx: { buffers: 2, base: 115 * MB, perKernel: 70 * KB, state: 2, values: 1.11 },
  tensorflow: { buffers: 1, base: 410 * MB, perKernel: 50 * KB, state: 2.4, values: 1.2 },
  openMp: { buffers: 1, base: 290 * MB, perKernel: 50 * KB, state: 2.4, values: 1.2 },
}

/** On a device with a memory of its own there is nothing but the net; not measured. */
const OWN_MEMORY = { base: 0, perKernel: 0, state: 1, values: 1 } as const

function rulesFor(device: DeviceName): keyof typeof MEMORY_RULES {
  if (device === 'tensorflow-openmp') return 'openMp'
  return device.startsWith('tensorflow') ? 'tensorflow' : 'onnx'
}

/** The rules of a device. */
export function memoryRulesOf(device: DeviceName): MemoryRules {
  const rules = MEMORY_RULES[rulesFor(device)]
  return isHostMemory(device) ? rules : { ...rules, ...OWN_MEMORY }
}

const HOST_DEVICES: readonly DeviceName[] = ['onnx-cpu', 'onnx-wasm', 'tensorflow-cpu', 'tensorflow-openmp']

/** True for devices that share the memory of the computer with everything else. */
export function isHostMemory(device: DeviceName): boolean {
  return HOST_DEVICES.includes(device)
}

/** What a step asks for: bytes of its state, kernels, and bytes of images and values, which grow with the images in memory. */
export interface StepBytes {
  readonly state: number
  readonly kernels: number
  readonly values: number
  readonly perImage: number
}

/** The need on a device of what a step asks for. */
export function needOf(basis: MemoryBasis, device: DeviceName, step: StepBytes): MemoryNeed {
  const rules = memoryRulesOf(device)
  const runtime = Math.round(rules.base + rules.perKernel * step.kernels)
  const state = Math.round(rules.state * step.state)
  const values = Math.round(rules.values * step.values)
  const perImage = Math.round(rules.values * step.perImage)
  return { basis, runtime, state, values, needed: runtime + state + values, perImage }
}

/** What a trainer of the same net has taken. */
export interface MeasuredPeak {
  /** Images that were in memory at a time. */
  readonly images: number
  /** Bytes. */
  readonly peak: number
}

/** The need as the nearest measurement corrects it: its peak, and for more or fewer images what these take. */
export function corrected(need: MemoryNeed, images: number, measured: readonly MeasuredPeak[]): MemoryNeed {
  const [nearest] = measured.toSorted((a, b) => Math.abs(a.images - images) - Math.abs(b.images - images))
  if (!nearest) return need
  const needed = Math.max(need.state, nearest.peak + need.perImage * (images - nearest.images))
  // The parts are not measured: values are what is left of the whole.
  const state = Math.min(need.state, needed)
  const runtime = Math.min(need.runtime, needed - state)
  return { ...need, basis: 'measured', runtime, state, needed, values: needed - state - runtime }
}

/** Images of a batch that are in memory at a time. */
export function imagesAtOnce({ batch, microBatches }: Pick<TrainingSettings, 'batch' | 'microBatches'>): number {
  return Math.ceil(batch / microBatches)
}

/** `tight`: it goes in, but little is left for anything else. */
export type Fit = 'fits' | 'tight' | 'too-large' | 'unknown'

/** Share of the free memory that a net may take without a word. */
const EASY = 0.8

/** Whether so many bytes have room. `fitOf(9e9, { free: 1e10 })` is `tight`. */
export function fitOf(needed: number, { total, free = total }: MemoryRoom): Fit {
  if (free === undefined) return 'unknown'
  if (needed <= EASY * free) return 'fits'
  return needed <= free ? 'tight' : 'too-large'
}

/**
 * The largest batch, in as many parts as now, that fits with something to spare: from 16 images in memory on in eights;
 * `undefined` if not even one image fits or the device does not tell its memory.
 */
export function largestBatch(
  { needed, perImage, total, free = total }: MemoryEstimate,
  settings: Pick<TrainingSettings, 'batch' | 'microBatches'>,
): number | undefined {
  if (free === undefined || perImage <= 0) return undefined
  const most = imagesAtOnce(settings) + (EASY * free - needed) / perImage
  const images = most >= 16 ? 8 * Math.floor(most / 8) : Math.floor(most)
  return images < 1 ? undefined : Math.min(MOST_BATCH, images * settings.microBatches)
}

/** What the form takes. */
const MOST_BATCH = 65_536
