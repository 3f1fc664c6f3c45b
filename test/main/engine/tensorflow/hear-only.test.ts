import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { expect, it } from 'vitest'
import { heardAlone } from '../../../../src/main/engine/cluster.js'
import { hearOnly } from '../../../../src/main/engine/tensorflow/hear-only.js'

const isLinux = process.platform === 'linux'

it.skipIf(!isLinux)('a server that listens everywhere hears only packets to the address it is limited to', async () => {
  const server = createServer((socket) => socket.pipe(socket)).listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const early = connect(port, '127.0.0.2')
  await once(early, 'connect')
  hearOnly({ host: '127.0.0.1', port })

  let heard = ''
  early.on('data', (data) => (heard += data.toString()))
  early.write('of before')
  const connected: string[] = []
  const call = (host: string): Socket => connect(port, host).on('connect', () => connected.push(host))
  const strangers = ['127.0.0.2', '127.1.2.3', '::1'].map((host) => call(host).on('error', () => undefined))
  for (let i = 0; i < 3; i++) {
    const friend = call('127.0.0.1')
    friend.end('hello')
    const [answer] = (await once(friend, 'data')) as [Buffer]
    expect(answer.toString()).toBe('hello')
  }
  expect(connected).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1'])
  expect(heard).toBe('')
  for (const socket of [...strangers, early]) socket.destroy()
  server.close()
  console.log(`cases=${strangers.length}`)
})

it.skipIf(!isLinux)('a port where nothing listens cannot be limited', async () => {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  expect(() => hearOnly({ host: '127.0.0.1', port })).toThrowError(
    expect.objectContaining({ code: 'device/unavailable', message: expect.stringContaining(`port ${port}`) as string }),
  )
})

it('a worker is heard at its address alone if that is an address of its computer, and no name', () => {
  const cases = [
    ['127.0.0.1:1', isLinux],
    ['localhost:1', false],
    ['198.51.100.7:1', false],
    ['[::1]:1', false],
  ] as const
  for (const [address, expected] of cases) expect([address, heardAlone(address)]).toEqual([address, expected])
  console.log(`cases=${cases.length}`)
})
