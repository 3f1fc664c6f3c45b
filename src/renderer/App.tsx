import { useEffect, useMemo, type ReactNode } from 'react'
import { actionsOf } from './actions.js'
import { Canvas } from './canvas/Canvas.js'
import { useHost, type Host } from './host.js'
import { AutosaveBanner } from './panels/AutosaveBanner.js'
import { ConnectionBanner } from './panels/ConnectionBanner.js'
import { DataPanel } from './panels/data/DataPanel.js'
import { Dialogs } from './panels/dialogs/Dialogs.js'
import { Dock } from './panels/Dock.js'
import { ExportButton } from './panels/export/ExportButton.js'
import { GradientsPanel } from './panels/gradients/GradientsPanel.js'
import { Inspector } from './panels/Inspector.js'
import { Notices } from './panels/Notices.js'
import { LeftSide } from './panels/LeftSide.js'
import { PaperBadge } from './panels/paper/PaperBadge.js'
import { ProblemsBadge, ProblemsPanel } from './panels/Problems.js'
import { Recovery } from './panels/Recovery.js'
import { ResultsPanel } from './panels/results/ResultsPanel.js'
import { RunsPanel } from './panels/runs/RunsPanel.js'
import { Welcome } from './panels/Welcome.js'
import { TopBar } from './panels/TopBar.js'
import { RunControl } from './panels/training/RunControl.js'
import { TrainingPanel } from './panels/training/TrainingPanel.js'
import { TrainingStatus } from './panels/training/TrainingStatus.js'
import { useActiveRun } from './panels/training/useTraining.js'
import { keepFocus } from './parts.js'
import { documents, isDirty, useShownTab } from './stores/document.js'
import { openAsked, openFile } from './stores/files.js'
import { sayError } from './stores/notices.js'
import { openDialog } from './stores/view.js'
import { Boundary } from './ui/Boundary.js'
import { useShortcuts } from './useShortcuts.js'
import { Workspace } from './Workspace.js'

/** The whole window. */
export function App() {
  const host = useHost()
  const actions = useMemo(() => actionsOf(host), [host])
  useShortcuts(actions)
  useTitle()
  useEffect(guardUnload, [])
  useEffect(keepFocus, [])
  useEffect(openDroppedFiles, [])
  useEffect(() => answerTheSystem(host), [host])
  return (
    <div className="app">
      <TopBar actions={actions}>
        <TrainingControls />
      </TopBar>
      <ConnectionBanner />
      <AutosaveBanner />
      <Recovery />
      <Workspace
        palette={<LeftSide />}
        canvas={
          <Boundary name="The canvas">
            <Middle />
          </Boundary>
        }
        inspector={
          <Boundary name="The inspector">
            <Inspector />
          </Boundary>
        }
        dock={<DockTabs />}
      />
      <Dialogs actions={actions} />
      <Notices />
    </div>
  )
}

function Middle() {
  return useShownTab() ? <Canvas /> : <Welcome />
}

/** Without a document and without a run there is nothing to train or export. */
function TrainingControls() {
  const tab = useShownTab()
  const active = useActiveRun()
  return (
    <>
      {(tab || active) && <RunControl />}
      {tab && <ExportButton />}
    </>
  )
}

function DockTabs() {
  return (
    <Dock
      trailing={
        <>
          <PaperBadge />
          <TrainingStatus />
        </>
      }
      tabs={[
        { id: 'problems', title: 'Problems', badge: <ProblemsBadge />, content: guarded(<ProblemsPanel />) },
        { id: 'training', title: 'Training', content: guarded(<TrainingPanel />) },
        { id: 'gradients', title: 'Gradients', content: guarded(<GradientsPanel />) },
        { id: 'data', title: 'Data', content: guarded(<DataPanel />) },
        { id: 'runs', title: 'Runs', content: guarded(<RunsPanel />) },
        { id: 'results', title: 'Results', content: guarded(<ResultsPanel />) },
      ]}
    />
  )
}

/** A panel that fails leaves the others and the work in them alone. */
function guarded(panel: ReactNode) {
  return <Boundary name="This panel">{panel}</Boundary>
}

function useTitle(): void {
  const tab = useShownTab()
  const name = tab?.history.present.name
  useEffect(() => {
    document.title = name ? `${name} · Netwright` : 'Netwright'
  }, [name])
}

/** The browser asks before a window with unsaved work closes. */
function guardUnload(): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (documents.getState().open.some(isDirty)) event.preventDefault()
  }
  window.addEventListener('beforeunload', ask)
  return () => window.removeEventListener('beforeunload', ask)
}

/** What the system asks for: files of a double click or of arguments, also those from before the window was there, and About. */
function answerTheSystem({ api, on }: Host): () => void {
  const open = () => openAsked(api).catch(sayError)
  void open()
  return on('app.asked', (what) => void (what === 'about' ? openDialog({ kind: 'about' }) : open()))
}

/** A document file dropped anywhere opens in a tab, a shared block joins the shown document; other files must not replace the window. */
function openDroppedFiles(): () => void {
  const allow = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
  }
  const take = (event: DragEvent) => {
    const handled = event.defaultPrevented
    allow(event)
    const files = [...(event.dataTransfer?.files ?? [])]
    if (!handled)
      for (const file of files.filter(({ name }) => /\.(json|netwright|netblock)$/i.test(name))) void openFile(file)
  }
  window.addEventListener('dragover', allow)
  window.addEventListener('drop', take)
  return () => {
    window.removeEventListener('dragover', allow)
    window.removeEventListener('drop', take)
  }
}
