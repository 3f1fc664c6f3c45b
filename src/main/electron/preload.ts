import { contextBridge, ipcRenderer } from 'electron'

const CHANNEL = 'netwright'

// Two functions and nothing of Electron: no event object, no channel name reaches the page.
contextBridge.exposeInMainWorld('netwright', {
  send(message: unknown): void {
    ipcRenderer.send(CHANNEL, message)
  },
  listen(listener: (message: unknown) => void): () => void {
    const receive = (_event: unknown, message: unknown) => listener(message)
    ipcRenderer.on(CHANNEL, receive)
    return () => void ipcRenderer.off(CHANNEL, receive)
  },
})
