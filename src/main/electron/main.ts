import { app, session } from 'electron'
import { serve } from '../../shared/rpc/rpc.js'
import type { Services } from '../services/index.js'
import { readWindowFiles } from '../services/window-files.js'
import { guardContents, guardPermissions } from './guards.js'
import { windowTransport } from './ipc.js'
import { installMenu } from './menu.js'
import { handleScheme, registerScheme } from './protocol.js'
import { createWindow } from './window.js'

export interface Places {
  /** Folder of the built window. */
  readonly renderer: string
  /** The built preload script. */
  readonly preload: string
}

/** The desktop shell around the services; `makeServices` is called once Electron is ready. */
export async function startShell(places: Places, makeServices: () => Services): Promise<void> {
  app.enableSandbox()
  if (!app.requestSingleInstanceLock()) return app.quit()
  registerScheme()
  guardContents(app)
  await app.whenReady()

  guardPermissions(session.defaultSession)
  handleScheme(await readWindowFiles(places.renderer))
  installMenu()
  const services = makeServices()
  let window = openWindow()

  function openWindow() {
    const opened = createWindow(places.preload)
    serve(services, windowTransport(opened))
    return opened
  }

  app.on('second-instance', () => {
    if (window.isDestroyed()) window = openWindow()
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  app.on('activate', () => {
    if (window.isDestroyed()) window = openWindow()
  })
  app.on('window-all-closed', () => app.quit())
  quitAfter(services)
}

/** Quitting waits for the run to end after its step, so that its weights are kept. */
function quitAfter(services: Services): void {
  let closed = false
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void services.close().finally(() => {
      closed = true
      app.quit()
    })
  })
}
