import { EventEmitter } from 'node:events'
import { vi } from 'vitest'

/** Stands for the `electron` module: remembers what it is told, and carries messages between a window and the shell. */

class FakeApp extends EventEmitter {
  sandboxed = false
  /** What the second instance would get. */
  first = true
  quits = 0
  enableSandbox() {
    this.sandboxed = true
  }
  requestSingleInstanceLock() {
    return this.first
  }
  whenReady() {
    return Promise.resolve()
  }
  quit() {
    this.quits += 1
  }
}

export const app = new FakeApp()

type Handler = (request: Request) => Response | Promise<Response>

export const protocol = {
  schemes: [] as unknown[],
  handlers: new Map<string, Handler>(),
  registerSchemesAsPrivileged(schemes: readonly unknown[]) {
    protocol.schemes.push(...schemes)
  },
  handle(scheme: string, handler: Handler) {
    protocol.handlers.set(scheme, handler)
  },
}

type Decide = (contents: unknown, permission: string, done: (allowed: boolean) => void) => void

export const session = {
  defaultSession: {
    request: undefined as Decide | undefined,
    check: undefined as ((contents: unknown, permission: string) => boolean) | undefined,
    device: undefined as (() => boolean) | undefined,
    setPermissionRequestHandler(handler: Decide) {
      session.defaultSession.request = handler
    },
    setPermissionCheckHandler(handler: (contents: unknown, permission: string) => boolean) {
      session.defaultSession.check = handler
    },
    setDevicePermissionHandler(handler: () => boolean) {
      session.defaultSession.device = handler
    },
  },
}

type Template = { label?: string; role?: string; submenu?: { role?: string; label?: string; click?: () => void }[] }[]

export const Menu = {
  template: [] as Template,
  buildFromTemplate: (template: Template) => template,
  setApplicationMenu(template: Template) {
    Menu.template = template
  },
}

export const ipcMain = new EventEmitter()
export const ipcRenderer = Object.assign(new EventEmitter(), {
  /** Send as the top frame of a window, or as whoever a test wants. */
  send(channel: string, message: unknown) {
    ipcRenderer.sendAs(defaultSender(), channel, message)
  },
  sendAs(sender: Sender, channel: string, message: unknown) {
    ipcMain.emit(channel, sender, structuredClone(message))
  },
})

export interface Sender {
  readonly sender: { readonly id: number }
  readonly senderFrame: { readonly origin: string; readonly parent: unknown } | null
}

/** The top frame of the newest window. */
export function defaultSender(): Sender {
  const id = BrowserWindow.all.at(-1)?.webContents.id ?? 0
  return { sender: { id }, senderFrame: { origin: 'app://bundle', parent: null } }
}

class FakeContents extends EventEmitter {
  static count = 0
  readonly id = ++FakeContents.count
  openHandler: (() => { action: string }) | undefined
  send(channel: string, message: unknown) {
    const copy = structuredClone(message)
    void Promise.resolve().then(() => ipcRenderer.emit(channel, { sender: 'secret event object' }, copy))
  }
  setWindowOpenHandler(handler: () => { action: string }) {
    this.openHandler = handler
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = []
  readonly webContents = new FakeContents()
  readonly loadURL = vi.fn((_url: string) => Promise.resolve())
  readonly show = vi.fn()
  readonly focus = vi.fn()
  readonly restore = vi.fn()
  private destroyed = false
  constructor(
    readonly options: { readonly webPreferences: Readonly<Record<string, unknown>>; readonly show: boolean },
  ) {
    super()
    BrowserWindow.all.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  isDestroyed() {
    return this.destroyed
  }
  isMinimized() {
    return false
  }
  destroy() {
    this.destroyed = true
    this.emit('closed')
  }
}

/** What the preload script showed to the page. */
export const world: Record<string, unknown> = {}
export const contextBridge = {
  exposeInMainWorld(name: string, value: unknown) {
    world[name] = value
  },
}

export class FakeUtilityProcess extends EventEmitter {
  readonly stdout = new EventEmitter()
  readonly stderr = new EventEmitter()
  readonly posted: unknown[] = []
  killed = false
  postMessage(message: unknown) {
    this.posted.push(message)
  }
  kill() {
    this.killed = true
    return true
  }
}

export const utilityProcess = {
  forks: [] as { entry: string; options: unknown; child: FakeUtilityProcess }[],
  fork(entry: string, _args: readonly string[], options: unknown) {
    const child = new FakeUtilityProcess()
    utilityProcess.forks.push({ entry, options, child })
    return child
  },
}
