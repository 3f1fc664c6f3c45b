// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest'
import { connect } from '../../src/shared/rpc/rpc.js'
import { LIMITS } from '../../src/shared/limits.js'
import { dialSocket } from '../../src/renderer/transport.js'

class Socket extends EventTarget {
  readonly sent: string[] = []
  send(text: string): void {
    this.sent.push(text)
  }
}

afterEach(() => vi.unstubAllGlobals())

it('lets a call fail alone that is too large for the wire, and the next ones go on', async () => {
  const socket = new Socket()
  vi.stubGlobal('WebSocket', function () {
    return socket
  })
  const dialled = dialSocket(false)
  socket.dispatchEvent(new Event('open'))
  const { api } = connect(await dialled)
  const envelope = JSON.stringify({ call: 1, method: 'documents.autosave', args: [['']] }).length
  // Two bytes a letter.
  const fits = 'ü'.repeat((LIMITS.messageBytes - envelope) / 2)
  void api.documents.autosave([fits])
  await expect(api.documents.autosave([`${fits}ü`])).rejects.toMatchObject({ code: 'document/too-large' })
  void api.app.info()
  expect(socket.sent.map((text) => (JSON.parse(text) as { method: string }).method)).toEqual([
    'documents.autosave',
    'app.info',
  ])
})
