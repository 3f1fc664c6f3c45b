import { BrowserWindow } from 'electron'
import { ORIGIN } from './protocol.js'

/** Open the window: no Node, isolated, sandboxed, our own scheme only. Shown once it has something to show. */
export function createWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Netwright',
    webPreferences: {
      preload,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      contextIsolation: true,
      sandbox: true,
      webviewTag: false,
    },
  })
  window.once('ready-to-show', () => {
    window.show()
    process.send?.('ready') // `npm start` waits for this before it believes in Electron
  })
  void window.loadURL(`${ORIGIN}/`)
  return window
}
