import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connect } from '../../../src/shared/rpc/rpc.js'
import type { Transport } from '../../../src/shared/api.js'
import type { Services } from '../../../src/main/services/index.js'
import { windowFolder } from '../host/raw.js'
import * as fake from './fake-electron.js'
import { eventually } from '../../eventually.js'

vi.mock('electron', () => import('./fake-electron.js'))
const { startShell } = await import('../../../src/main/electron/main.js')

const calls: string[] = []
const closed = vi.fn(() => Promise.resolve())
const desk = { opened: () => Promise.resolve([]), open: vi.fn(() => Promise.resolve()), about: vi.fn() }
const services = {
  desk,
  api: { app: { info: () => (calls.push('info'), Promise.resolve({ version: '1', shell: 'electron', home: '/' })) } },
  on: () => () => {},
  busy: () => false,
  close: closed,
} as unknown as Services

let folder: string

beforeAll(async () => {
  folder = await windowFolder()
  await startShell({ renderer: folder, preload: '/out/preload.cjs' }, () => services)
  await import('../../../src/main/electron/preload.js')
})
afterAll(() => rm(folder, { recursive: true }))

describe('the window', () => {
  it('has no Node, is isolated and sandboxed, and shows our own scheme', () => {
    const [window] = fake.BrowserWindow.all
    expect(fake.app.sandboxed).toBe(true)
    expect(window?.options.webPreferences).toEqual({
      preload: '/out/preload.cjs',
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      contextIsolation: true,
      sandbox: true,
      webviewTag: false,
    })
    expect(window?.loadURL.mock.calls).toEqual([['app://bundle/']])
    expect(window?.options.show).toBe(false)
    window?.emit('ready-to-show')
    expect(window?.show).toHaveBeenCalledTimes(1)
  })

  it('stays where it is and opens nothing', () => {
    const contents = fake.BrowserWindow.all[0]!.webContents
    const events = ['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview']
    const prevented = events.filter((name) => {
      const event = { preventDefault: vi.fn() }
      contents.emit(name, event)
      return event.preventDefault.mock.calls.length === 1
    })
    expect(prevented).toEqual(events)
    expect(contents.openHandler?.()).toEqual({ action: 'deny' })
  })

  it('is granted two harmless permissions only', () => {
    const names = ['clipboard-read', 'clipboard-sanitized-write', 'fullscreen', 'geolocation', 'media', 'midi', 'usb']
    names.push(
      'notifications',
      'openExternal',
      'pointerLock',
      'fileSystem',
      'hid',
      'serial',
      'unknown',
      'idle-detection',
    )
    const { request, check, device } = fake.session.defaultSession
    const granted = names.filter((name) => {
      let answer: boolean | undefined
      request?.({}, name, (allowed) => (answer = allowed))
      expect(check?.({}, name)).toBe(answer)
      return answer
    })
    expect(granted).toEqual(['clipboard-sanitized-write', 'fullscreen'])
    expect(device?.()).toBe(false)
    console.log(`cases=${names.length}`)
  })

  it('says what it is from the menu, on each system', async () => {
    const { installMenu } = await import('../../../src/main/electron/menu.js')
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      installMenu(desk.about, platform)
      const items = fake.Menu.template.flatMap((menu) => menu.submenu ?? [])
      items.find(({ label }) => label === 'About Netwright')?.click?.()
      expect(items.some(({ role }) => role === 'quit')).toBe(true)
    }
    expect(desk.about).toHaveBeenCalledTimes(3)
  })

  it('opens the files of a double click, of a second start and of macOS, and nothing else', () => {
    desk.open.mockClear()
    const args = [
      '/app',
      '--flag',
      'a.netwright',
      'b.txt',
      '/nets/c.netblock',
      'file:///nets/d%20e.NETWRIGHT',
      '--x.json',
    ]
    fake.app.emit('second-instance', {}, args, '/folder')
    const event = { preventDefault: vi.fn() }
    fake.app.emit('open-file', event, '/nets/f.netwright')
    expect(event.preventDefault).toHaveBeenCalledTimes(1)
    expect(desk.open.mock.calls).toEqual([
      [['/folder/a.netwright', '/nets/c.netblock', '/nets/d e.NETWRIGHT']],
      [['/nets/f.netwright']],
    ])
    fake.app.emit('second-instance', {}, ['/app', 'file://evil/share.netwright'], '/folder')
    expect(desk.open.mock.calls.at(-1)).toEqual([[]])
  })

  it('leaves the keys of undo and redo to the page', () => {
    const roles = fake.Menu.template.flatMap((menu) => (menu.submenu ?? []).map(({ role }) => role))
    expect(roles).toContain('paste')
    expect(roles).not.toContain('undo')
    expect(roles).not.toContain('redo')
    expect(roles).not.toContain('toggleDevTools')
  })
})

describe('the scheme', () => {
  const get = async (url: string, method = 'GET') => {
    const response = await fake.protocol.handlers.get('app')!(new FakeRequest(url, method) as unknown as Request)
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
  }

  /** `Request` itself would normalise the very paths that are tested. */
  class FakeRequest {
    constructor(
      readonly url: string,
      readonly method: string,
    ) {}
  }

  it('is standard and secure, and `file:` is refused', async () => {
    expect(fake.protocol.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
    const response = await fake.protocol.handlers.get('file')!(new Request('file:///etc/passwd'))
    expect(response.status).toBe(403)
  })

  it('serves exactly the built files', async () => {
    expect(await get('app://bundle/')).toEqual({
      status: 200,
      type: 'text/html; charset=utf-8',
      text: '<!doctype html><title>Window</title>',
    })
    expect(await get('app://bundle/assets/index.js')).toEqual({
      status: 200,
      type: 'text/javascript; charset=utf-8',
      text: 'export {}',
    })
    expect((await get('app://bundle/assets/index.js', 'HEAD')).text).toBe('')
    expect((await get('app://bundle/', 'POST')).status).toBe(405)
  })

  it('refuses every other path', async () => {
    const ups = ['..', '%2e%2e', '%2E%2E', '.%2e', '..%2f..', '..%5c..', '..\\..', '%252e%252e', '....//', '..;']
    const targets = ['etc/passwd', 'package.json', 'index.html', 'assets/index.js']
    const paths = ups.flatMap((up) => targets.flatMap((target) => [`${up}/${target}`, `assets/${up}/${target}`]))
    paths.push(
      'index.html',
      'assets',
      'assets/',
      'assets/index.js?x',
      'assets/index.js#x',
      '/assets/index.js',
      'constructor',
    )
    const hosts = ['app://bundle.evil/', 'app://BUNDLE@evil/', 'app://evil/assets/index.js', 'app:///assets/index.js']
    const urls = [...paths.map((path) => `app://bundle/${path}`), ...hosts]
    const open = []
    for (const url of urls) if ((await get(url)).status !== 404) open.push(url)
    expect(open).toEqual([])
    console.log(`cases=${urls.length}`)
  })

  it('sends the content security policy', async () => {
    const response = await fake.protocol.handlers.get('app')!(new Request('app://bundle/'))
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; style-src/)
  })
})

describe('the channel', () => {
  const bridge = () => fake.world['netwright'] as Transport

  it('shows two functions to the page', () => {
    expect(Object.keys(fake.world)).toEqual(['netwright'])
    expect(Object.keys(bridge()).sort()).toEqual(['listen', 'send'])
  })

  it('carries calls', async () => {
    const { api } = connect(bridge())
    expect(await api.app.info()).toEqual({ version: '1', shell: 'electron', home: '/' })
  })

  it('hands plain messages to the page, without the event object', async () => {
    const seen: unknown[][] = []
    const stop = bridge().listen((...args: unknown[]) => void seen.push(args))
    await connect(bridge()).api.app.info()
    stop()
    expect(seen.map((args) => args.length)).toEqual([1])
  })

  it('ignores every sender but the top frame of our window at our origin', async () => {
    const { sender, senderFrame } = fake.defaultSender()
    const origins = ['app://evil', 'app://bundle.evil', 'https://bundle', 'file://', 'null', '', 'about:blank']
    const forged: fake.Sender[] = [
      { sender, senderFrame: null },
      { sender: { id: sender.id + 1 }, senderFrame },
      { sender, senderFrame: { origin: 'app://bundle', parent: {} } },
      ...origins.map((origin) => ({ sender, senderFrame: { origin, parent: null } })),
    ]
    calls.length = 0
    for (const one of forged) fake.ipcRenderer.sendAs(one, 'netwright', { call: 1, method: 'app.info', args: [] })
    await connect(bridge()).api.app.info()
    expect(calls).toEqual(['info'])
    console.log(`cases=${forged.length}`)
  })
})

it('keeps the run before it quits', async () => {
  const event = { preventDefault: vi.fn() }
  fake.app.emit('before-quit', event)
  await eventually(() => expect(fake.app.quits).toBe(1))
  expect(event.preventDefault).toHaveBeenCalledTimes(1)
  expect(closed).toHaveBeenCalledTimes(1)
  fake.app.emit('before-quit', event)
  expect(event.preventDefault).toHaveBeenCalledTimes(1)
})
