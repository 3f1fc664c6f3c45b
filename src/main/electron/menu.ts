import { Menu, type MenuItemConstructorOptions } from 'electron'

/**
 * The native menu: only what the system does itself. Undo and redo are left out on purpose: the window has its own, and
 * a native item would take their keys.
 */
export function installMenu(platform: NodeJS.Platform = process.platform): void {
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
  const first: MenuItemConstructorOptions = platform === 'darwin' ? { role: 'appMenu' } : file
  Menu.setApplicationMenu(Menu.buildFromTemplate([first, edit, view, { role: 'windowMenu' }]))
}
