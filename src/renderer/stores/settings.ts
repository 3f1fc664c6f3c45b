import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

export type Theme = 'light' | 'dark'
export type SidePanel = 'palette' | 'inspector' | 'dock'
export type DockTab = 'problems' | 'training' | 'gradients' | 'data' | 'runs' | 'results'

/** What the window remembers between starts; nothing of it belongs to a document. */
export interface Settings {
  /** Missing: as the system says. */
  readonly theme?: Theme
  /** Widths of the side panels and height of the dock, in px. */
  readonly sizes: Readonly<Record<SidePanel, number>>
  readonly folded: Readonly<Record<SidePanel, boolean>>
  readonly dockTab: DockTab
  /** Nodes are coloured by their gradients, where a run has looked at these. */
  readonly heat: boolean
  /** Where TensorFlow is missing, the training panel says that it can be had. */
  readonly engineHint: boolean
}

export const DEFAULTS: Settings = {
  sizes: { palette: 216, inspector: 272, dock: 236 },
  folded: { palette: false, inspector: false, dock: false },
  dockTab: 'problems',
  heat: true,
  engineHint: true,
}

const KEY = 'netwright.settings'

/** Settings from their stored text; whatever does not fit is left at its default. */
export function readSettings(text: string | null): Settings {
  try {
    const { theme, sizes, folded, dockTab, heat, engineHint } = JSON.parse(text ?? '{}') as Partial<Settings>
    return {
      ...(theme === 'light' || theme === 'dark' ? { theme } : {}),
      sizes: pick(DEFAULTS.sizes, sizes),
      folded: pick(DEFAULTS.folded, folded),
      dockTab: typeof dockTab === 'string' ? dockTab : DEFAULTS.dockTab,
      heat: typeof heat === 'boolean' ? heat : DEFAULTS.heat,
      engineHint: typeof engineHint === 'boolean' ? engineHint : DEFAULTS.engineHint,
    }
  } catch {
    return DEFAULTS
  }
}

function pick<T extends object>(defaults: T, stored: unknown): T {
  const given = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>
  const kept = Object.entries(given).filter(([k, v]) => typeof v === typeof defaults[k as keyof T])
  return { ...defaults, ...Object.fromEntries(kept) }
}

export const settings = createStore<Settings>(() => readSettings(storage((stored) => stored.getItem(KEY)) ?? null))

settings.subscribe((state) => storage((stored) => stored.setItem(KEY, JSON.stringify(state))))

/** Where a browser keeps nothing, or has no room, the window goes on with what it has. */
function storage<T>(act: (stored: Storage) => T): T | undefined {
  try {
    return act(localStorage)
  } catch {
    return undefined
  }
}

/** A part of the settings, in a component. */
export function useSettings<T>(select: (state: Settings) => T): T {
  return useStore(settings, select)
}

/** Remember the size of a panel, in px. */
export function setSize(panel: SidePanel, size: number): void {
  if (settings.getState().sizes[panel] === size) return
  settings.setState((s) => ({ sizes: { ...s.sizes, [panel]: size } }))
}

/** Fold or unfold a panel. */
export function setFolded(panel: SidePanel, folded: boolean): void {
  if (settings.getState().folded[panel] === folded) return
  settings.setState((s) => ({ folded: { ...s.folded, [panel]: folded } }))
}

/** Show a place of the dock, unfolding the dock if need be. */
export function showDock(dockTab: DockTab): void {
  settings.setState((s) => ({ dockTab, folded: { ...s.folded, dock: false } }))
}

/** Colour nodes by their gradients, or not. */
export function setHeat(heat: boolean): void {
  settings.setState({ heat })
}

/** Say no more that the fast engine can be had, or again. */
export function setEngineHint(engineHint: boolean): void {
  settings.setState({ engineHint })
}

/** The theme that shows: chosen, or the system's. */
export function shownTheme({ theme }: Settings): Theme {
  return theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
}

/** Change between light and dark, and remember it. */
export function switchTheme(): void {
  settings.setState((s) => ({ theme: shownTheme(s) === 'dark' ? 'light' : 'dark' }))
}

/** Keep the document element's theme equal to the setting; returns the function that stops it. */
export function applyTheme(root: HTMLElement): () => void {
  const apply = () => root.setAttribute('data-theme', shownTheme(settings.getState()))
  const system = matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', apply)
  const stop = settings.subscribe(apply)
  apply()
  return () => {
    system.removeEventListener('change', apply)
    stop()
  }
}
