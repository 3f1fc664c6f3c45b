import { Menu, type MenuItemConstructorOptions } from 'electron'

/**
 * The native menu: only what the system does itself, and what this app is. Undo and redo are left out on purpose: the window has its own, and
 * a native item would take their keys.
 */
export function installMenu(onAbout: () => void, platform: NodeJS.Platform = process.platform): void {
  const about: MenuItemConstructorOptions = { label: 'About Netwright', click: onAbout }
  const edit: MenuItemConstructorOptions = {
    label: 'Edit',
    submenu: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
  }
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  }
  const file: MenuItemConstructorOptions = { label: 'File', submenu: [{ role: 'close' }, { role: 'quit' }] }
  const help: MenuItemConstructorOptions = { role: 'help', submenu: [about] }
  const isMac = platform === 'darwin'
  const first = isMac ? [macMenu(about)] : [file]
  const last = isMac ? [] : [help]
  Menu.setApplicationMenu(Menu.buildFromTemplate([...first, edit, view, { role: 'windowMenu' }, ...last]))
}

/** The first menu of macOS, which bears the app's name, with our own dialog for its first entry. */
function macMenu(about: MenuItemConstructorOptions): MenuItemConstructorOptions {
  const hiding = [{ role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }] as const
  const line = { type: 'separator' } as const
  return { label: 'Netwright', submenu: [about, line, { role: 'services' }, line, ...hiding, line, { role: 'quit' }] }
}
