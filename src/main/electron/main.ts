import { app, session } from 'electron'
import { serve } from '../../shared/rpc/rpc.js'
import { filesAmong } from '../services/desk.js'
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
  // macOS names a file of a double click before the app is ready.
  const asked = [...filesAmong(process.argv.slice(1), process.cwd())]
  let openFiles = (paths: readonly string[]) => void asked.push(...paths)
  app.on('open-file', (event, path) => {
    event.preventDefault()
    openFiles([path])
  })
  registerScheme()
  guardContents(app)
  await app.whenReady()

  guardPermissions(session.defaultSession)
  handleScheme(await readWindowFiles(places.renderer))
  const services = makeServices()
  installMenu(services.desk.about)
  let window = openWindow()

  function openWindow() {
    const opened = createWindow(places.preload)
    serve(services, windowTransport(opened))
    return opened
  }

  openFiles = (paths) => void services.desk.open(paths)
  openFiles(asked)
  app.on('second-instance', (_event, args, folder) => {
    openFiles(filesAmong(args.slice(1), folder))
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
