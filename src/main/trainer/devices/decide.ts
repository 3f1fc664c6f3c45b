import type { DeviceChoice, DeviceSpeed } from '../../../shared/api.js'
import { DEVICE_KINDS, type RealDevice } from '../../engine/devices/catalogue.js'
import type { Benchmark } from '../../engine/devices/benchmark.js'

/** What a device answered: its benchmark, or why there is none. */
export interface Measured {
  readonly name: RealDevice
  readonly result: Benchmark | { readonly problem: string }
}

/** Devices whose arithmetic others are held to, the first that was measured. */
const REFERENCES: readonly RealDevice[] = ['onnx-cpu', 'onnx-wasm', 'tensorflow-cpu', 'tensorflow-openmp']

/** Largest relative difference of losses: of rounding at the first step, and of what grows out of it in the next ones. */
const TOLERANCES = [1e-3, 1e-2, 1e-2]

/** A device must be faster by so much before it takes the place of one that is preferred. */
const WORTHWHILE = 1.05

/**
 * The fastest device whose losses are those of the reference; where two are about equally fast, the one that stands first in the
 * list of devices. `undefined` if none could be measured.
 */
export function decide(measured: readonly Measured[]): DeviceChoice | undefined {
  const losses = REFERENCES.flatMap((name) => {
    const found = measured.find((one) => one.name === name)
    return found && 'losses' in found.result ? [found.result.losses] : []
  })[0]
  const speeds = measured.map(({ name, result }): DeviceSpeed => {
    const device = { name, title: DEVICE_KINDS[name].title }
    if ('problem' in result) return { ...device, problem: result.problem }
    const { imagesPerSecond } = result
    const wrong = deviation(result.losses, losses)
    return wrong === undefined ? { ...device, imagesPerSecond } : { ...device, imagesPerSecond, problem: wrong }
  })
  const sound = speeds.filter(({ problem }) => problem === undefined)
  const [best] = sound.reduce<DeviceSpeed[]>((chosen, speed) => {
    const [current] = chosen
    const faster = !current || (speed.imagesPerSecond ?? 0) > WORTHWHILE * (current.imagesPerSecond ?? 0)
    return faster ? [speed] : chosen
  }, [])
  if (!best) return undefined
  const sorted = speeds.toSorted((a, b) => (b.imagesPerSecond ?? 0) - (a.imagesPerSecond ?? 0))
  return { device: best.name, reason: reasonFor(best, sorted), speeds: sorted }
}

function reasonFor(best: DeviceSpeed, speeds: readonly DeviceSpeed[]): string {
  const others = speeds.filter(({ name }) => name !== best.name)
  const words = others.map(({ title, imagesPerSecond, problem }) => {
    if (problem !== undefined) return `${title} ${imagesPerSecond === undefined ? 'failed' : 'computes something else'}`
    return `${title} ${pace(imagesPerSecond ?? 0)}`
  })
  const beside = words.length > 0 ? `; ${words.join(', ')}` : ''
  return `Fastest for this net: ${pace(best.imagesPerSecond ?? 0)} images/s${beside}.`
}

/** How losses differ from the reference's, in words; `undefined` if they do not. */
function deviation(losses: readonly number[], reference: readonly number[] | undefined): string | undefined {
  const at = (reference ?? losses).findIndex((loss, i) => {
    const own = losses[i] ?? NaN
    return !(Math.abs(own - loss) <= (TOLERANCES[i] ?? 0) * Math.max(Math.abs(loss), 1e-3))
  })
  if (at < 0) return undefined
  return `Its loss at step ${at + 1} is ${digits(losses[at])}, but the reference has ${digits(reference?.[at])}.`
}

function digits(loss: number | undefined): string {
  return Number((loss ?? NaN).toPrecision(6)).toString()
}

function pace(imagesPerSecond: number): string {
  const rounded = imagesPerSecond >= 10 ? Math.round(imagesPerSecond) : Number(imagesPerSecond.toPrecision(2))
  return rounded.toLocaleString('en-US')
}
