import { cpus, totalmem } from 'node:os'
import { analyze } from '../../../shared/graph/analyze.js'
import { initialState } from '../../../shared/program/initial-state.js'
import { AppError, errorData } from '../../../shared/errors.js'
import { createExecutor } from '../create-executor.js'
import { listProviders, PROVIDERS, versionOf, type OnnxDevice } from '../onnx/runtime.js'
import { findTensorFlow } from '../tensorflow/library.js'
import { probeTensorFlow } from '../tensorflow/probe.js'
import { isOnnx, offeredDevices, type RealDevice } from './catalogue.js'
import { testNet } from './test-net.js'

/** What is known of a device that works. */
export interface DeviceFacts {
  /** What it is, for people: the processor’s name, who brought the library. */
  readonly detail: string
  /** Of the library. */
  readonly version: string
  /** Bytes for the net, where the runtime tells. */
  readonly memory?: number
}

/** The devices worth a look on this computer; loads ONNX Runtime, hence a job of a child process. */
export async function listDevices(): Promise<readonly RealDevice[]> {
  const { library } = findTensorFlow('tensorflow-openmp')
  return offeredDevices(await listProviders().catch(() => undefined), library !== undefined)
}

/**
 * Look at a device in this process, which may not survive it: its library is loaded and trains a tiny net for one step. Throws
 * `device/unavailable` with what is missing.
 */
export async function probeDevice(device: RealDevice): Promise<DeviceFacts> {
  const facts = isOnnx(device) ? await onnxFacts(device) : probeTensorFlow(device)
  await trainOnce(device).catch((error: unknown) => {
    throw error instanceof AppError ? error : unusable(device, errorData(error).message)
  })
  return facts
}

async function onnxFacts(device: OnnxDevice): Promise<DeviceFacts> {
  const version = await versionOf(device)
  if (device === 'onnx-cpu' || device === 'onnx-wasm') return { detail: processor(), version, memory: totalmem() }
  if ((await listProviders()).includes(PROVIDERS[device])) return { detail: `ONNX Runtime ${version}.`, version }
  throw new AppError(
    'device/unavailable',
    `ONNX Runtime ${version} for ${process.platform} has no ${PROVIDERS[device]} provider.`,
    `It has ${(await listProviders()).join(', ')}.`,
  )
}

/** What to do about a device whose provider is in the package and does not start. */
const MEND: Partial<Record<RealDevice, string>> = {
  'onnx-webgpu': 'It takes a graphics card with a driver for Vulkan, Direct3D 12 or Metal.',
  'onnx-cuda':
    'It takes an NVIDIA card and the CUDA libraries of onnxruntime-node, which its own install script fetches.',
  'onnx-directml': 'It takes a graphics card with a driver for Direct3D 12.',
}

/** What the libraries' own words mean, where these name only their insides. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [/Failed to load shared library/, 'A library that it needs is missing.'],
  [/Failed to get a WebGPU adapter/, 'There is no graphics card, or no driver for it.'],
]

function unusable(device: RealDevice, words: string): AppError {
  const hint = MEND[device] ?? 'Install Netwright again for this computer, or choose another device.'
  const [, known] = CAUSES.find(([pattern]) => pattern.test(words)) ?? []
  return new AppError('device/unavailable', known ?? `It does not start: ${firstSentence(words)}`, hint)
}

/** `Xeon E5, 8 threads.` */
export function processor(): string {
  const [first, ...others] = cpus()
  return `${first?.model.trim() || 'Processor'}, ${others.length + 1} threads.`
}

/** One step of a net with a convolution: opening a session alone says nothing about a card’s driver. */
async function trainOnce(device: RealDevice): Promise<void> {
  const analysis = analyze(testNet)
  const executor = createExecutor(analysis, { device })
  try {
    executor.setState(initialState(analysis, 1))
    const images = Float32Array.from({ length: 2 * 4 * 4 }, (_, i) => i / 32)
    const feeds = { images, labels: Int32Array.of(0, 1), learningRate: 0.1, step: 0, seed: 1 }
    const { loss = NaN } = await executor.run('train', feeds)
    if (Number.isFinite(loss)) return
    const message = `A first small step on this device gave the loss ${loss}.`
    throw new AppError('device/unavailable', message, 'Update its driver, or choose another device.')
  } finally {
    await executor.dispose()
  }
}

/** The first line of a library's words without the place in its source code, with a full stop. */
function firstSentence(words: string): string {
  const line = (words.split('\n', 1)[0] ?? '').replace(/^.* was false\. /, '').trim()
  return line.endsWith('.') ? line : `${line}.`
}
