import { ipcMain, type BrowserWindow, type IpcMainEvent } from 'electron'
import type { Transport } from '../../shared/api.js'
import { ORIGIN } from './protocol.js'

export const CHANNEL = 'netwright'

/** The window's end of the one channel as a transport; messages of any other frame are dropped. */
export function windowTransport(window: BrowserWindow): Transport {
  const listeners = new Set<(message: unknown) => void>()
  const contents = window.webContents
  const { id } = contents

  function receive(event: IpcMainEvent, message: unknown) {
    if (fromWindow(event, id)) listeners.forEach((listener) => listener(message))
  }

  ipcMain.on(CHANNEL, receive)
  const closed = new Promise<void>((resolve) => window.once('closed', resolve))
  void closed.then(() => ipcMain.off(CHANNEL, receive))

  return {
    send(message) {
      if (!window.isDestroyed()) contents.send(CHANNEL, message)
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    closed,
  }
}

/** Only the top frame of our window, while it shows our own origin. */
function fromWindow({ sender, senderFrame }: IpcMainEvent, id: number): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.origin === ORIGIN && sender.id === id
}
