import type { App, Session, WebContents } from 'electron'

const ALLOWED: readonly string[] = ['clipboard-sanitized-write', 'fullscreen']

/** Refuse every permission a page can ask for, but writing text to the clipboard and full screen. */
export function guardPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(ALLOWED.includes(permission)))
  session.setPermissionCheckHandler((_contents, permission) => ALLOWED.includes(permission))
  session.setDevicePermissionHandler(() => false)
}

/** Keep every page where it is: no navigation, no frames, no new windows, no web views. */
export function guardContents(app: App): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    const stay = (event: { preventDefault(): void }) => event.preventDefault()
    contents.on('will-navigate', stay)
    contents.on('will-redirect', stay)
    contents.on('will-frame-navigate', stay)
    contents.on('will-attach-webview', stay)
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}
