import { useEffect, type ReactNode } from 'react'
import { Group, Panel, Separator, usePanelRef } from 'react-resizable-panels'
import { setFolded, setSize, useSettings, type SidePanel } from './stores/settings.js'
import { useView } from './stores/view.js'
import { useMedia } from './ui/useMedia.js'

export interface WorkspaceProps {
  readonly palette: ReactNode
  readonly canvas: ReactNode
  readonly inspector: ReactNode
  readonly dock: ReactNode
}

/** Below this width the inspector lies over the canvas instead of beside it. */
const NARROW = '(max-width: 1099px)'

/** Height of the dock's row of tabs, which stays when the dock is folded. */
const DOCK_ROW = 32

/** The four places of the window, with borders that can be dragged and panels that fold. */
export function Workspace({ palette, canvas, inspector, dock }: WorkspaceProps) {
  const narrow = useMedia(NARROW)
  const out = useView((s) => s.inspectorOut)
  return (
    <main className="work">
      <Group orientation="horizontal" className="work-columns">
        <Side panel="palette" min={168} max={360}>
          {palette}
        </Side>
        <Separator className="divider divider-column" aria-label="Width of the palette" />
        <Panel id="center" minSize="320px">
          <Group orientation="vertical">
            <Panel id="canvas" minSize="120px" className="center">
              {canvas}
            </Panel>
            <Separator className="divider divider-row" aria-label="Height of the dock" />
            <Side panel="dock" min={120} max={640} folded={DOCK_ROW}>
              {dock}
            </Side>
          </Group>
        </Panel>
        {!narrow && (
          <>
            <Separator className="divider divider-column" aria-label="Width of the inspector" />
            <Side panel="inspector" min={232} max={480}>
              {inspector}
            </Side>
          </>
        )}
      </Group>
      {narrow && out && <div className="side side-overlay">{inspector}</div>}
    </main>
  )
}

interface SideProps {
  readonly panel: SidePanel
  readonly min: number
  readonly max: number
  /** What is left of it when folded, in px. */
  readonly folded?: number
  readonly children: ReactNode
}

/** A panel at the border that remembers its size and folds. */
function Side({ panel, min, max, folded = 0, children }: SideProps) {
  const ref = usePanelRef()
  const isFolded = useSettings((s) => s.folded[panel])
  const size = useSettings((s) => s.sizes[panel])
  useEffect(() => {
    if (isFolded) ref.current?.collapse()
    else ref.current?.expand()
  }, [isFolded, ref])
  const remember = (inPixels: number) => {
    setFolded(panel, inPixels <= folded + 1)
    if (inPixels >= min) setSize(panel, Math.round(inPixels))
  }
  return (
    <Panel
      id={panel}
      panelRef={ref}
      className={panel === 'dock' ? 'dock' : 'side'}
      collapsible
      collapsedSize={folded}
      minSize={min}
      maxSize={max}
      defaultSize={isFolded ? folded : size}
      groupResizeBehavior="preserve-pixel-size"
      onResize={({ inPixels }) => remember(inPixels)}
    >
      {children}
    </Panel>
  )
}
