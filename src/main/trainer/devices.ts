import { cpus } from 'node:os'
import type { Device } from '../../shared/api.js'
import { AppError, errorData } from '../../shared/errors.js'
import { DEVICES, type DeviceName } from '../../shared/training/settings.js'

/** The device for a run, and why: `auto` takes what runs everywhere and repeats to the last bit on all cores. */
export function chooseDevice(name: DeviceName): { readonly device: DeviceName; readonly reason: string } {
  if (name === 'auto') return { device: 'onnx-cpu', reason: 'ONNX Runtime on the processor runs on every computer.' }
  if (DEVICES.includes(name)) return { device: name, reason: 'Chosen in the settings.' }
  throw new AppError('device/unavailable', `There is no device "${String(name)}".`, `Choose ${DEVICES.join(', ')}.`)
}

/** Every device and whether it can be used here; loads native libraries, hence a job of a child process. */
export async function devices(): Promise<readonly Device[]> {
  const cpu = await probeCpu()
  const auto = cpu.available ? `Uses ${cpu.title}.` : 'No device can be used.'
  return [{ name: 'auto', title: 'Automatic', available: cpu.available, detail: auto }, cpu, ...(await probeBoth())]
}

/** Loading the runtime is the probe: it fails where its native library is missing or does not fit the computer. */
async function probeCpu(): Promise<Device> {
  const device = { name: 'onnx-cpu', title: 'Processor (ONNX Runtime)' } as const
  try {
    await import('../engine/create-executor.js')
    const [first, ...others] = cpus()
    return {
      ...device,
      available: true,
      detail: `${first?.model.trim() ?? 'Processor'}, ${others.length + 1} threads.`,
    }
  } catch (error) {
    const detail = `ONNX Runtime cannot be loaded: ${errorData(error).message}. Install Netwright again for this computer.`
    return { ...device, available: false, detail }
  }
}

/** TensorFlow on the processor and on a graphics card, by one look at its library. */
async function probeBoth(): Promise<Device[]> {
  const cpu = { name: 'tensorflow-cpu', title: 'Processor (TensorFlow)' } as const
  const gpu = { name: 'tensorflow-gpu', title: 'NVIDIA GPU (TensorFlow)' } as const
  try {
    const { probeTensorFlow } = await import('../engine/tensorflow/probe.js')
    const facts = probeTensorFlow()
    const what = `TensorFlow ${facts.version}, ${facts.source}`
    const missing = `${what}, sees no GPU: it takes an NVIDIA card with its driver, and the CUDA package of TensorFlow.`
    return [
      { ...cpu, available: true, detail: `${what}.` },
      { ...gpu, available: facts.gpu, detail: facts.gpu ? `${what}.` : missing },
    ]
  } catch (error) {
    const { message, hint } = errorData(error)
    const detail = `${message} ${hint}`.trim()
    return [cpu, gpu].map((device) => ({ ...device, available: false, detail }))
  }
}
