import { useEffect, useState } from 'react'
import { compareRuns, type RunComparison } from '../../../shared/compare/runs.js'
import { parse } from '../../../shared/document/file.js'
import { useHost, type Host } from '../../host.js'
import { sayError } from '../../stores/notices.js'
import type { Run } from '../../stores/run.js'
import { useRuns } from '../../stores/services.js'
import { Dialog } from '../../ui/Dialog.js'
import { words } from '../../ui/format.js'
import { settingWords } from '../training/number-settings.js'
import { ScrollArea } from '../training/ScrollArea.js'
import { BeforeAfterTable } from './BeforeAfterTable.js'
import { NetDifferences } from './NetDifferences.js'
import { changeWords, type Titles } from './words.js'

/** How two runs differ: in what came out, in their settings and in their nets. */
export function CompareRunsDialog(props: {
  readonly before: string
  readonly after: string
  readonly onClose: () => void
}) {
  const { before, after, onClose } = props
  const host = useHost()
  const one = useRuns(({ runs }) => runs.find(({ id }) => id === before))
  const other = useRuns(({ runs }) => runs.find(({ id }) => id === after))
  const [found, setFound] = useState<RunComparison>()
  useEffect(() => {
    if (one && other) compared(host, one, other).then(setFound, sayError)
  }, [host, one, other])
  const titles = titlesOf(one?.name ?? before, other?.name ?? after)
  return (
    <Dialog isOpen onClose={onClose} title={`${titles.before} and ${titles.after}`} size="medium">
      {found ? <Differences found={found} titles={titles} /> : <p className="muted">Reading both runs</p>}
    </Dialog>
  )
}

async function compared({ api }: Host, before: Run, after: Run): Promise<RunComparison> {
  const [one, other] = await Promise.all(
    [before, after].map(async ({ id }) => parse((await api.runs.document(id)).text)),
  )
  return compareRuns(
    { document: one!, settings: before.settings, validation: before.validation },
    { document: other!, settings: after.settings, validation: after.validation },
  )
}

/** Runs of one net have one name: then they are the first and the second. */
function titlesOf(before: string, after: string): Titles {
  return before === after ? { before: `${before} (first)`, after: `${after} (second)` } : { before, after }
}

function Differences({ found, titles }: { readonly found: RunComparison; readonly titles: Titles }) {
  const { net, settings, results } = found
  return (
    <ScrollArea label="What differs">
      {results.length > 0 && <Results results={results} titles={titles} />}
      <h3 className="section-title">Settings</h3>
      {settings.length === 0 && <p className="muted">Trained with equal settings.</p>}
      <dl className="figures" aria-label="Settings that differ">
        {settings.map((change) => (
          <div key={change.name} className="figures-row">
            <dt>{settingWords(change.name)}</dt>
            <dd className="mono">{changeWords(change)}</dd>
          </div>
        ))}
      </dl>
      <h3 className="section-title">Net</h3>
      <NetDifferences net={net} titles={titles} />
    </ScrollArea>
  )
}

function Results({ results, titles }: { readonly results: RunComparison['results']; readonly titles: Titles }) {
  const rows = results.map(({ name, before, after }) => ({
    name: words(name),
    before: before?.toFixed(4),
    after: after?.toFixed(4),
    difference: before !== undefined && after !== undefined ? signed(after - before) : undefined,
  }))
  return <BeforeAfterTable label="Results of the runs" titles={titles} rows={rows} />
}

function signed(value: number): string {
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(4)}`
}
