// @vitest-environment jsdom
import '../browser.js'
import { expect, it, vi } from 'vitest'
import {
  DEFAULTS,
  readSettings,
  settings,
  setFolded,
  showDock,
  switchTheme,
} from '../../../src/renderer/stores/settings.js'

it('reads what it stored, and its defaults from anything else', () => {
  const stored = { ...DEFAULTS, theme: 'dark', sizes: { palette: 200, inspector: 300, dock: 180 } }
  expect(readSettings(JSON.stringify(stored))).toEqual(stored)
  const strange = [
    null,
    '',
    'x',
    '[]',
    'null',
    '{"theme":"blue","sizes":{"palette":"wide","x":1},"folded":3,"dockTab":7}',
  ]
  for (const text of strange) expect(readSettings(text)).toEqual(DEFAULTS)
  console.log(`cases=${strange.length}`)
})

it('remembers theme, folded panels and the place of the dock', () => {
  switchTheme()
  setFolded('dock', true)
  showDock('training')
  setFolded('palette', true)
  expect(readSettings(localStorage.getItem('netwright.settings'))).toEqual({
    ...DEFAULTS,
    theme: 'dark',
    dockTab: 'training',
    folded: { palette: true, inspector: false, dock: false },
  })
  expect(settings.getState().dockTab).toBe('training')
})

it('goes on where the browser keeps nothing', () => {
  const refuse = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  const folded = settings.getState().folded.inspector
  setFolded('inspector', !folded)
  expect([settings.getState().folded.inspector, refuse.mock.calls.length]).toEqual([!folded, 1])
  refuse.mockRestore()
})
