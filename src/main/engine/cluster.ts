import { connect, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { AppError } from '../../shared/errors.js'

/** Milliseconds in which a worker must take a connection. */
const LIMIT_MS = 5000

/** Where a worker is. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** `host:port` as its parts; `input/invalid` for anything else. */
export function addressOf(text: string): Address {
  const [, host, digits] = /^([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\]):(\d{1,5})$/.exec(text) ?? []
  const port = Number(digits)
  if (host !== undefined && port >= 1 && port <= 65_535) return { host: host.replace(/^\[|\]$/g, ''), port }
  throw new AppError(
    'input/invalid',
    `${JSON.stringify(text)} is no address of a worker.`,
    'Write host:port, 10.0.0.5:2222.',
  )
}

/** The addresses of a cluster from `host:port,host:port`; `input/invalid` for a bad or repeated one. */
export function clusterOf(text: string): readonly string[] {
  const cluster = text.split(',').map((part) => part.trim())
  cluster.forEach(addressOf)
  const twice = cluster.find((address, i) => cluster.indexOf(address) !== i)
  if (twice === undefined) return cluster
  throw new AppError('input/invalid', `The worker ${twice} stands there twice.`, 'Name every worker once.')
}

/**
 * True for a worker that hears only packets to its address in the cluster, and not all that reach its computer: on Linux, where that is
 * an IPv4 address of the computer's own. A host name may mean another address to the other computers.
 */
export function heardAlone(address: string): boolean {
  const own = Object.values(networkInterfaces()).flatMap((entries = []) => entries)
  return (
    process.platform === 'linux' &&
    own.some((entry) => entry.address === addressOf(address).host && entry.family === 'IPv4')
  )
}

/** Resolves when every worker takes connections; `device/worker-lost` names the first that does not: TensorFlow would wait for ever. */
export async function reachAll(cluster: readonly string[]): Promise<void> {
  await Promise.all(cluster.map((address, index) => reach(address, index)))
}

function reach(address: string, index: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...addressOf(address), timeout: LIMIT_MS })
    const fail = (words: string) => {
      socket.destroy()
      const hint = `Start it there: netwright worker --cluster … --index ${index}. A firewall may be between.`
      reject(new AppError('device/worker-lost', `Worker ${index} at ${address} does not answer: ${words}.`, hint))
    }
    socket.once('error', ({ message }) => fail(message))
    socket.once('timeout', () => fail(`no connection in ${LIMIT_MS / 1000} s`))
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
  })
}

/** Watches workers from the first call on; TensorFlow itself waits for ever for one that is gone. */
export interface Watch {
  /** Rejects with `device/worker-lost` when one of them takes no connections any more. */
  readonly lost: Promise<never>
  stop(): void
}

/** Hold a connection to every worker: it breaks when the process or its machine goes, and is only then tried again. */
export function watchAll(cluster: readonly string[]): Watch {
  const sockets = new Map<string, Socket>()
  let stopped = false
  const lost = new Promise<never>((_, reject) => {
    const hold = (address: string, index: number) => {
      const socket = connect(addressOf(address))
      sockets.set(address, socket)
      socket.setKeepAlive(true, LIMIT_MS).unref()
      socket.on('error', () => undefined)
      // The server ends a connection that says nothing after some minutes: a worker that is there takes the next one.
      socket.once('close', () => {
        if (stopped) return
        reach(address, index).then(
          () => hold(address, index),
          (error: unknown) => reject(workerLost(error instanceof Error ? error.message : String(error))),
        )
      })
      socket.resume()
    }
    cluster.forEach(hold)
  })
  lost.catch(() => undefined)
  return {
    lost,
    stop() {
      stopped = true
      for (const socket of sockets.values()) socket.destroy()
    },
  }
}

/** A worker that was there is gone; `words` are TensorFlow's. */
export function workerLost(words: string): AppError {
  return new AppError(
    'device/worker-lost',
    `A worker of this training is gone: ${words.split('\n', 1)[0]}`,
    'What was kept until then is whole: start the workers again and resume the run, or resume it on this computer.',
  )
}
