import { CircleCheck, Download } from 'lucide-react'
import type { ExportReport } from '../../../shared/api.js'
import { useHost } from '../../host.js'
import { sayError } from '../../stores/notices.js'
import { Button } from '../../ui/Button.js'
import { fromBase64 } from '../results/base64.js'
import { bytesWords, checkWords, droppedWords } from './words.js'

/** What was written, how well it agrees, and the files to take away. */
export function Report({ run, report }: { readonly run: string; readonly report: ExportReport }) {
  const { api } = useHost()
  const take = async (name: string) => {
    const { base64 } = await api.exports.read(run, report.format, name)
    download(name, fromBase64(base64))
  }
  return (
    <section className="export-report" aria-label="Exported">
      <p role="status" className="export-check">
        <CircleCheck size={16} strokeWidth={1.5} />
        {checkWords(report)}
      </p>
      <ul className="export-files">
        {report.files.map(({ name, bytes }) => (
          <li key={name}>
            <span className="mono">{name}</span>
            <span className="muted">{bytesWords(bytes)}</span>
            <Button icon={Download} aria-label={`Download ${name}`} onPress={() => void take(name).catch(sayError)}>
              Download
            </Button>
          </li>
        ))}
      </ul>
      {report.dropped.length > 0 && <p className="muted export-path">{droppedWords(report.dropped)}</p>}
      <p className="muted export-path">
        Also kept at <span className="mono">{report.path}</span>
      </p>
    </section>
  )
}

/** Hand bytes to the browser as a file. */
function download(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
